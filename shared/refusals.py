"""What an operating system refuses, in our users' words: it says so itself in English, or in the PC's language."""

import errno

from shared.words import Words, msg

_REASONS = {
    errno.ENOENT: msg("tidak ada berkas atau folder itu"),
    errno.EISDIR: msg("itu folder, bukan berkas"),
    errno.ENOTDIR: msg("sebagian dari jalurnya bukan folder"),
    errno.EACCES: msg("tidak ada izin"),
    errno.EPERM: msg("tidak ada izin"),
    errno.EROFS: msg("disknya hanya dapat dibaca"),
    errno.ENOSPC: msg("disknya penuh"),
    errno.EDQUOT: msg("jatah disknya habis"),
    errno.EIO: msg("disknya rusak atau terputus"),
    errno.EADDRINUSE: msg("sudah dipakai program lain"),
    errno.EADDRNOTAVAIL: msg("itu bukan alamat PC ini"),
}


def reason(error: OSError, words: Words) -> str:
    """Why the system refused, in the language of `words`; what is rare, as the system says it."""
    known = _REASONS.get(error.errno or 0)
    return words.say(known) if known else error.strerror or str(error)


def why(error: OSError) -> dict[str, object]:
    """The same as a `Trouble` tells it: `why`, and `why_en` for who reads English."""
    return {"why": reason(error, Words("id")), "why_en": reason(error, Words("en"))}
