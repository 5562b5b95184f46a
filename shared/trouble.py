"""Expected failures: each has a stable code, a sentence and a next step in the reader's language.

Everything that is not a `Trouble` is a bug and goes up to the program's outermost door.

    Trouble(code, **values)
      asked   bad_request · key_missing · key_reused · not_found · method_not_allowed
      floor   unknown_service · unknown_counter · unknown_ticket
              unknown_agency · unknown_result · counter_closed · counter_paused · counter_busy · not_served_here
              unknown_alarm · alarm_over · not_absent · not_ended_here · not_held · no_counter_serves
              not_served · comes_back · not_at_counter · not_waiting · somebody_came
              too_late · clock_behind · not_today
              not_of_this_counter · no_printer · unknown_call
      roll    roll_is_on · roll_meets · roll_beyond
      when    paper_roll · closed_until · on_break_until · past_cutoff · closed_holiday · closed_today · quota_full
      dates   no_appointments · appointment_other_day · appointments_full
      booked  unknown_booking · booking_used · booking_other_day · booking_cancelled
              booking_differs · booking_beyond · booking_closed · bookings_full · bookings_wrong
      hub     hub_away · hub_full · hub_fault · storage_failed · data_busy · data_in_use · data_unusable ·
              cannot_listen
      access  device_unknown · not_allowed · session_ended · wrong_pin · pin_locked · counter_taken · name_taken
              pin_unfit · pins_differ · unknown_staff · pairing_refused · no_pairing · other_certificate
      paper   paper_out · cover_open · printer_offline · printer_silent · printer_error · paper_low · no_paper_here
              second_prints · second_fails
      sound   no_sound · no_voice · voice_busy · clips_missing · piper_unready · voice_stuck · boards_speak
      picture picture_broken · pictures_missing
      desk    nobody_waits · answer_lost · called_before · number_given · appointment_given · appointment_ahead
              appointment_passed · outcome_corrected · hall_order_done · goes_on
      copy    reprint_asked · reprint_done · reprint_unsure · reprint_failed
      site    site_wrong · other_hall
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from shared.words import Words, msg


@dataclass(frozen=True)
class Kind:
    """What a code of trouble means: HTTP status, sentence and next step (msgids of the catalogue)."""

    status: HTTPStatus
    sentence: str
    step: str


_ASK_IT = msg("Beri tahu petugas IT.")
_RELOAD = msg("Muat ulang, lalu coba lagi.")
_COME_THEN = msg("Silakan datang lagi pada waktu itu, atau pilih layanan lain yang sedang buka.")
_ASK_STAFF = msg("Silakan datang lagi pada waktu itu. Bila mendesak, hubungi petugas.")
_WRITE_IT_DOWN = msg("Tuliskan nomor itu untuk pengunjung.")

KINDS: dict[str, Kind] = {
    "bad_request": Kind(HTTPStatus.UNPROCESSABLE_ENTITY, msg("Permintaan tidak sesuai: {what}."), _ASK_IT),
    "key_missing": Kind(
        HTTPStatus.BAD_REQUEST,
        msg("Kepala Idempotency-Key tidak ada atau bukan UUID."),
        msg("Kirim satu UUID baru untuk setiap perintah, dan UUID yang sama saat mengulanginya."),
    ),
    "key_reused": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        msg("Idempotency-Key ini sudah dipakai untuk perintah lain."),
        msg("Kirim satu UUID baru untuk setiap perintah, dan UUID yang sama saat mengulanginya."),
    ),
    "not_found": Kind(HTTPStatus.NOT_FOUND, msg("Alamat ini tidak ada."), _ASK_IT),
    "method_not_allowed": Kind(
        HTTPStatus.METHOD_NOT_ALLOWED, msg("Alamat ini tidak menerima perintah {method}."), _ASK_IT
    ),
    "unknown_service": Kind(
        HTTPStatus.NOT_FOUND, msg("Layanan '{service}' tidak ada di gedung ini."), msg("Pilih layanan lain.")
    ),
    "unknown_counter": Kind(
        HTTPStatus.NOT_FOUND, msg("Meja layanan '{counter}' tidak ada di gedung ini."), msg("Pilih meja layanan lain.")
    ),
    "unknown_agency": Kind(
        HTTPStatus.NOT_FOUND, msg("Instansi '{agency}' tidak ada di gedung ini."), msg("Pilih instansi lain.")
    ),
    "counter_closed": Kind(
        HTTPStatus.CONFLICT,
        msg("Meja layanan ini ditutup untuk hari ini: {why}."),
        msg("Buka kembali meja ini dahulu, baru panggil."),
    ),
    "counter_paused": Kind(
        HTTPStatus.CONFLICT,
        msg("Meja layanan ini sedang jeda: {why}."),
        msg("Tekan Lanjutkan dahulu, baru panggil."),
    ),
    "counter_busy": Kind(
        HTTPStatus.CONFLICT,
        msg("Masih ada {number} di meja layanan ini."),
        msg("Selesaikan nomor itu dahulu."),
    ),
    "not_served_here": Kind(
        HTTPStatus.CONFLICT,
        msg("Meja layanan ini tidak melayani {service}."),
        msg("Beri nomor baru, agar pengunjung dipanggil meja yang melayaninya."),
    ),
    "not_of_this_counter": Kind(
        HTTPStatus.CONFLICT,
        msg("{number} bukan nomor meja layanan ini."),
        msg("Minta meja layanan instansi itu."),
    ),
    "no_printer": Kind(
        HTTPStatus.CONFLICT,
        msg("Tidak ada mesin tiket yang mencetak di gedung ini."),
        msg("Tuliskan nomor itu untuk pengunjung."),
    ),
    "unknown_alarm": Kind(HTTPStatus.NOT_FOUND, msg("Panggilan bantuan ini tidak ditemukan."), _RELOAD),
    "alarm_over": Kind(
        HTTPStatus.CONFLICT, msg("Panggilan bantuan ini sudah dijawab."), msg("Lihat keadaan terbaru di layar.")
    ),
    "unknown_call": Kind(HTTPStatus.NOT_FOUND, msg("Panggilan ini tidak ditemukan."), _RELOAD),
    "unknown_result": Kind(
        HTTPStatus.NOT_FOUND, msg("Hasil '{outcome}' tidak ada untuk instansi ini."), msg("Pilih hasil lain.")
    ),
    "unknown_zone": Kind(HTTPStatus.NOT_FOUND, msg("Zona '{zone}' tidak ada di gedung ini."), msg("Pilih zona lain.")),
    "unknown_device": Kind(HTTPStatus.NOT_FOUND, msg("Perangkat '{device}' tidak ada dalam konfigurasi."), _ASK_IT),
    "unknown_ticket": Kind(HTTPStatus.NOT_FOUND, msg("Tiket ini tidak ditemukan."), _RELOAD),
    "not_at_counter": Kind(
        HTTPStatus.CONFLICT,
        msg("Nomor ini sudah tidak berada di meja layanan Anda."),
        msg("Lihat keadaan terbaru di layar."),
    ),
    "not_waiting": Kind(
        HTTPStatus.CONFLICT, msg("Nomor ini sudah tidak menunggu."), msg("Lihat keadaan terbaru di layar.")
    ),
    "somebody_came": Kind(
        HTTPStatus.CONFLICT,
        msg("Pengunjung sudah mulai dilayani; panggilan tidak dapat dibatalkan."),
        msg("Lihat keadaan terbaru di layar."),
    ),
    "not_absent": Kind(
        HTTPStatus.CONFLICT,
        msg("Nomor ini tidak tercatat tidak hadir hari ini."),
        msg("Lihat keadaan terbaru di layar."),
    ),
    "not_ended_here": Kind(
        HTTPStatus.CONFLICT,
        msg("Pelayanan nomor {number} tidak berakhir di tempat ini hari ini."),
        msg("Lihat keadaan terbaru di layar."),
    ),
    "not_held": Kind(
        HTTPStatus.CONFLICT, msg("Nomor ini sudah tidak ditahan."), msg("Lihat keadaan terbaru di layar.")
    ),
    "no_counter_serves": Kind(
        HTTPStatus.CONFLICT,
        msg("Tidak ada meja layanan yang melayani {agency}."),
        msg("Pilih instansi atau meja layanan lain."),
    ),
    "not_served": Kind(
        HTTPStatus.CONFLICT,
        msg("Layanan untuk nomor {number} sudah tidak ada di gedung ini."),
        msg("Beri nomor baru untuk layanan lain."),
    ),
    "comes_back": Kind(
        HTTPStatus.CONFLICT,
        msg("Pengunjung ini sudah diminta kembali ke meja layanan {counter}."),
        msg("Alihkan tanpa meminta kembali ke sini."),
    ),
    "too_late": Kind(
        HTTPStatus.CONFLICT,
        msg("Waktu untuk mengembalikan nomor sudah lewat."),
        msg("Nomor tetap berlaku. Hubungi petugas bila tidak diperlukan."),
    ),
    "clock_behind": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        msg("Jam komputer hub ({clock}) lebih lambat daripada kejadian terakhir ({last})."),
        msg("Betulkan jam itu. Bila sudah benar, kejadian terakhir dicatat saat jam terlalu maju: panggil petugas IT."),
    ),
    "not_today": Kind(
        HTTPStatus.CONFLICT,
        msg("Menurut jam komputer ini hari ini {clock}, bukan {said}."),
        msg("Betulkan tanggal dan jam komputer ini, atau tanggal yang ditulis."),
    ),
    "roll_is_on": Kind(
        HTTPStatus.CONFLICT,
        msg("Nomor kertas {first} sampai {last} dari instansi ini sedang dipakai."),
        msg("Hentikan nomor kertas itu dahulu, baru mulai yang lain."),
    ),
    "roll_meets": Kind(
        HTTPStatus.CONFLICT,
        msg("Nomor {number} di antara {first} dan {last} sudah dipakai hari ini; yang bebas mulai {free}."),
        msg("Pakai gulungan yang semua nomornya belum dipakai."),
    ),
    "roll_beyond": Kind(
        HTTPStatus.CONFLICT,
        msg("Nomor {number} tidak ada pada nomor kertas {first} sampai {last}."),
        msg("Lihat lagi nomor terakhir yang disobek, lalu tuliskan."),
    ),
    "paper_roll": Kind(
        HTTPStatus.CONFLICT,
        msg("Nomor instansi ini sedang diberikan di kertas."),
        msg("Ambil nomor kertas di {why}, lalu tunggu dipanggil."),
    ),
    "closed_until": Kind(HTTPStatus.CONFLICT, msg("Pengambilan nomor sedang tutup. Buka {opens}."), _COME_THEN),
    "on_break_until": Kind(
        HTTPStatus.CONFLICT,
        msg("Layanan ini sedang istirahat. Buka lagi {opens}."),
        msg("Silakan tunggu di ruang tunggu, lalu ambil nomor setelah istirahat."),
    ),
    "past_cutoff": Kind(
        HTTPStatus.CONFLICT, msg("Pengambilan nomor hari ini sudah ditutup. Buka lagi {opens}."), _ASK_STAFF
    ),
    "closed_holiday": Kind(HTTPStatus.CONFLICT, msg("Tutup: {why}. Buka lagi {opens}."), _COME_THEN),
    "closed_today": Kind(HTTPStatus.CONFLICT, msg("Tutup untuk hari ini: {why}. Buka lagi {opens}."), _ASK_STAFF),
    "quota_full": Kind(HTTPStatus.CONFLICT, msg("Kuota nomor sudah habis. Nomor diberikan lagi {opens}."), _ASK_STAFF),
    "no_appointments": Kind(
        HTTPStatus.CONFLICT,
        msg("{agency} tidak melayani dengan janji temu."),
        msg("Ambil nomor biasa."),
    ),
    "appointment_other_day": Kind(
        HTTPStatus.CONFLICT,
        msg("Janji temu ini untuk {opens}."),
        msg("Datang pada hari itu, atau ambil nomor biasa."),
    ),
    "appointments_full": Kind(
        HTTPStatus.CONFLICT,
        msg("Sudah {most} pengunjung datang dengan janji temu untuk jam {hour}, sebanyak yang diterima."),
        msg("Ambil nomor biasa."),
    ),
    "unknown_booking": Kind(
        HTTPStatus.NOT_FOUND,
        msg("Kode janji temu ini tidak ditemukan."),
        msg("Periksa kodenya, atau ambil nomor biasa."),
    ),
    "booking_used": Kind(
        HTTPStatus.CONFLICT,
        msg("Kode ini sudah dipakai mengambil nomor {number}."),
        msg("Tunggu nomor itu dipanggil. Bila tiketnya hilang, minta petugas mencetak ulang."),
    ),
    "booking_other_day": Kind(
        HTTPStatus.CONFLICT,
        msg("Janji temu ini untuk {opens}."),
        msg("Datang pada hari itu, atau ambil nomor biasa."),
    ),
    "booking_cancelled": Kind(
        HTTPStatus.CONFLICT,
        msg("Janji temu ini sudah dibatalkan."),
        msg("Ambil nomor biasa, atau tanyakan kepada petugas."),
    ),
    "booking_differs": Kind(
        HTTPStatus.CONFLICT,
        msg("Kode {booking} sudah dipakai janji temu lain."),
        msg("Pakai kode lain, atau batalkan dahulu yang sudah tercatat."),
    ),
    "booking_beyond": Kind(
        HTTPStatus.CONFLICT,
        msg("Janji temu tidak dapat dicatat untuk {opens}: sudah lewat, atau lebih dari {days} hari lagi."),
        msg("Periksa tanggal dan jamnya."),
    ),
    "booking_closed": Kind(
        HTTPStatus.CONFLICT,
        msg("Nomor layanan itu tidak diberikan pada waktu janji temunya: {opens}."),
        msg("Pilih waktu di dalam jam pengambilan nomor."),
    ),
    "bookings_full": Kind(
        HTTPStatus.CONFLICT,
        msg("Sudah ada {most} janji temu untuk jam {hour}, sebanyak yang diterima."),
        msg("Pilih jam lain."),
    ),
    "bookings_wrong": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        msg("Daftar janji temu belum benar: {count} kesalahan. Tidak ada yang dicatat."),
        msg("Betulkan baris yang disebut, lalu impor lagi."),
    ),
    "hub_away": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        msg("Komputer hub tidak terjangkau."),
        msg("Tunggu sebentar; aplikasi menyambung sendiri."),
    ),
    "hub_full": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        msg("Terlalu banyak layar mengikuti hub sekaligus."),
        msg("Tutup layar atau halaman yang tidak dipakai; yang lain menyambung sendiri."),
    ),
    "hub_fault": Kind(
        HTTPStatus.INTERNAL_SERVER_ERROR, msg("Ada kesalahan dalam program hub."), msg("Beri tahu petugas IT.")
    ),
    "storage_failed": Kind(
        HTTPStatus.INSUFFICIENT_STORAGE,
        msg("Data tidak dapat disimpan: {why}."),
        msg("Kosongkan ruang disk komputer hub atau periksa disk itu."),
    ),
    "data_busy": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        msg("Berkas data sedang dipakai program lain."),
        msg("Tutup program itu, misalnya program cadangan; antrean berlanjut dengan sendirinya."),
    ),
    "cannot_listen": Kind(
        HTTPStatus.CONFLICT,
        msg("Hub tidak dapat memakai alamat {listen}: {why}."),
        msg("Pilih alamat PC ini dan port yang bebas, misalnya 127.0.0.1:8080."),
    ),
    "data_in_use": Kind(
        HTTPStatus.CONFLICT,
        msg("Data di {path} sedang dipakai hub lain: {holder}."),
        msg("Hentikan hub itu dahulu, atau pakai folder data lain."),
    ),
    "data_unusable": Kind(
        HTTPStatus.CONFLICT,
        msg("Folder data {path} tidak dapat dipakai: {why}."),
        msg("Pilih folder lain dengan --data, atau betulkan hak folder itu."),
    ),
    "device_unknown": Kind(
        HTTPStatus.UNAUTHORIZED,
        msg("Perangkat ini belum dipasangkan dengan hub."),
        msg("Pasangkan dengan kode dari PC hub: antre pair."),
    ),
    "not_allowed": Kind(
        HTTPStatus.FORBIDDEN,
        msg("Perintah ini tidak boleh diberikan dari sini, atau tidak dengan peran Anda."),
        msg("Minta supervisor atau administrator."),
    ),
    "session_ended": Kind(
        HTTPStatus.UNAUTHORIZED,
        msg("Anda belum masuk, atau sudah keluar."),
        msg("Masuk lagi dengan PIN; yang sedang di meja Anda tetap di sana."),
    ),
    "wrong_pin": Kind(
        HTTPStatus.UNAUTHORIZED,
        msg("PIN salah. Sisa percobaan: {left}."),
        msg("Coba lagi, atau minta PIN baru kepada administrator."),
    ),
    "pin_locked": Kind(
        HTTPStatus.LOCKED,
        msg("Terlalu banyak PIN salah. Terkunci sampai pukul {until}."),
        msg("Tunggu sampai waktu itu, atau minta PIN baru kepada administrator."),
    ),
    "counter_taken": Kind(
        HTTPStatus.CONFLICT,
        msg("Meja layanan ini sedang dipakai {who} sejak pukul {since}."),
        msg("Ambil alih, atau pilih meja layanan lain."),
    ),
    "name_taken": Kind(
        HTTPStatus.CONFLICT,
        msg("Sudah ada petugas bernama {name}."),
        msg("Tulis nama yang membedakan keduanya."),
    ),
    "pin_unfit": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        msg("PIN terdiri atas 4 sampai 8 angka."),
        msg("Pilih PIN lain, lalu jalankan perintah itu lagi."),
    ),
    "pins_differ": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        msg("Kedua PIN berbeda."),
        msg("Jalankan perintah itu lagi, dan ketik PIN yang sama dua kali."),
    ),
    "unknown_staff": Kind(
        HTTPStatus.NOT_FOUND, msg("Petugas ini tidak ada dalam daftar."), msg("Muat ulang daftar petugas.")
    ),
    "pairing_refused": Kind(
        HTTPStatus.UNAUTHORIZED,
        msg("Kode ini salah, sudah dipakai, atau sudah lewat waktunya."),
        msg("Periksa kodenya, atau minta kode baru di PC hub: antre pair."),
    ),
    "no_pairing": Kind(
        HTTPStatus.CONFLICT,
        msg("Hub ini hanya mendengarkan di PC-nya sendiri; tidak ada yang perlu dipasangkan."),
        msg("Isi listen di [hall] dengan alamat hub di jaringan gedung, lalu nyalakan ulang hub."),
    ),
    "other_certificate": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        msg("Yang menjawab di alamat hub bukan hub yang dipasangkan dengan perangkat ini."),
        msg("Bila hub diganti, pasangkan lagi dengan kode baru; bila tidak, beri tahu petugas IT."),
    ),
    "no_hub_here": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        msg("Tidak ada hub yang berjalan dengan folder data {path}."),
        msg("Jalankan perintah ini di PC hub, selagi hub berjalan; folder lain disebut dengan --data."),
    ),
    "paper_out": Kind(HTTPStatus.OK, msg("Kertas habis."), msg("Pasang gulungan kertas baru.")),
    "cover_open": Kind(HTTPStatus.OK, msg("Tutup printer terbuka."), msg("Tutup printer sampai berbunyi klik.")),
    "printer_offline": Kind(HTTPStatus.OK, msg("Printer tidak tersambung."), msg("Periksa kabel dan daya printer.")),
    "printer_silent": Kind(
        HTTPStatus.OK, msg("Printer tidak menjawab; belum pasti tercetak."), msg("Periksa printer.")
    ),
    "printer_error": Kind(HTTPStatus.OK, msg("Printer bermasalah."), msg("Periksa pemotong dan kertas macet.")),
    "paper_low": Kind(
        HTTPStatus.OK, msg("Kertas hampir habis."), msg("Siapkan gulungan baru; ganti saat tidak ada pengunjung.")
    ),
    "second_prints": Kind(
        HTTPStatus.OK, msg("Printer kedua mencetak tiket."), msg("Betulkan printer pertama sebelum yang kedua habis.")
    ),
    "second_fails": Kind(HTTPStatus.OK, msg("Printer kedua tidak siap."), msg("Betulkan sebelum ia diperlukan.")),
    "no_paper_here": Kind(
        HTTPStatus.OK, msg("Mesin ini sedang tidak dapat mencetak tiket."), msg("Silakan ambil nomor di {where}.")
    ),
    "no_sound": Kind(HTTPStatus.OK, msg("Perangkat suara tidak ada."), msg("Periksa pengeras suara TV.")),
    "no_voice": Kind(HTTPStatus.OK, msg("Suara panggilan tidak dapat dibuat."), _ASK_IT),
    "voice_busy": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        msg("Suara panggilan ini belum dapat dibuat."),
        msg("Panggilan tetap ditampilkan; suara dicoba lagi pada panggilan berikutnya."),
    ),
    "voice_stuck": Kind(
        HTTPStatus.OK,
        msg("TV ini tidak mengucapkan panggilan yang masuk."),
        msg("Periksa TV dan pengeras suaranya; bila perlu nyalakan ulang aplikasinya."),
    ),
    "clips_missing": Kind(
        HTTPStatus.OK,
        msg("Sebagian rekaman suara tidak ada; suara buatan dipakai."),
        msg("Lengkapi folder rekaman suara."),
    ),
    "piper_unready": Kind(
        HTTPStatus.OK,
        msg("Suara Piper tidak dapat dipakai; espeak-ng menggantikannya."),
        msg("Di PC itu jalankan: antre voice check FOLDER-PIPER."),
    ),
    "boards_speak": Kind(
        HTTPStatus.OK,
        msg("Dua papan di peramban mengucapkan panggilan zona yang sama."),
        msg("Matikan pengeras suara salah satunya: satu per zona sudah cukup."),
    ),
    "picture_broken": Kind(
        HTTPStatus.OK,
        msg("Sebagian gambar atau video untuk layar tunggu rusak atau terlalu besar."),
        msg("Ganti atau hapus berkas yang disebut."),
    ),
    "pictures_missing": Kind(
        HTTPStatus.OK,
        msg("Folder gambar untuk layar tunggu tidak dapat dibaca."),
        msg("Periksa pictures atau media di konfigurasi, dan folder itu."),
    ),
    "site_wrong": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        msg("Berkas konfigurasi {path} belum benar."),
        msg("Betulkan baris yang disebut, lalu periksa lagi dengan antre check."),
    ),
    "configuration_wrong": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        msg("Konfigurasi ini belum benar: {count} kesalahan."),
        msg("Betulkan baris yang disebut."),
    ),
    "configuration_refused": Kind(
        HTTPStatus.CONFLICT,
        msg("Perubahan konfigurasi belum dapat dipakai: {why}."),
        msg("Tunggu sampai mereka selesai, atau betulkan konfigurasi itu."),
    ),
    "configuration_moved": Kind(
        HTTPStatus.CONFLICT,
        msg("Konfigurasi sudah diganti sejak Anda membukanya."),
        msg("Buka yang terbaru, lalu ulangi perubahan Anda."),
    ),
    "file_edited": Kind(
        HTTPStatus.CONFLICT,
        msg("Berkas {path} di PC hub diubah langsung dan belum dipakai."),
        msg("Betulkan berkas itu di PC hub, atau kembalikan konfigurasi yang berlaku."),
    ),
    "file_unwritable": Kind(
        HTTPStatus.CONFLICT,
        msg("Berkas {path} tidak dapat ditulis: {why}."),
        msg("Beri hub hak menulis di folder itu, atau ubah berkasnya langsung di PC hub."),
    ),
    "unknown_configuration": Kind(HTTPStatus.NOT_FOUND, msg("Konfigurasi ini tidak ditemukan."), _RELOAD),
    "other_hall": Kind(
        HTTPStatus.CONFLICT,
        msg("Di {address} yang menjawab adalah hub {theirs}, bukan {ours}."),
        msg("Hentikan hub itu, atau tulis port lain di listen; aplikasi mencoba lagi sendiri."),
    ),
    "nobody_waits": Kind(
        HTTPStatus.OK,
        msg("Tidak ada lagi yang menunggu."),
        msg("Nomor yang baru diambil muncul di sini dengan sendirinya."),
    ),
    "answer_lost": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        msg("Jawaban hub tidak sampai."),
        msg("Tekan tombol yang sama sekali lagi: perintah itu tidak dijalankan dua kali."),
    ),
    "goes_on": Kind(
        HTTPStatus.OK,
        msg("{number} sekarang menunggu layanan berikutnya: {service}."),
        msg("Beri tahu pengunjung bahwa nomornya akan dipanggil lagi."),
    ),
    "number_given": Kind(
        HTTPStatus.OK,
        msg("Nomor {number} diberikan, tunggu sekitar {minutes} menit."),
        _WRITE_IT_DOWN,
    ),
    "appointment_given": Kind(
        HTTPStatus.OK, msg("Nomor {number} diberikan untuk janji temu pukul {meets}."), _WRITE_IT_DOWN
    ),
    "appointment_ahead": Kind(
        HTTPStatus.OK,
        msg("Nomor {number} diberikan untuk janji temu pukul {meets}; mulai menunggu pukul {until}."),
        _WRITE_IT_DOWN,
    ),
    "appointment_passed": Kind(
        HTTPStatus.OK,
        msg("Nomor {number} diberikan; janji temu pukul {meets} sudah lewat, jadi menunggu seperti tanpa janji."),
        _WRITE_IT_DOWN,
    ),
    "outcome_corrected": Kind(
        HTTPStatus.OK, msg("Hasil {number} sudah diperbaiki."), msg("Yang semula tetap ada dalam riwayat.")
    ),
    "reprint_asked": Kind(
        HTTPStatus.OK, msg("{number} sedang dicetak ulang di {kiosk}."), msg("Kertasnya bertuliskan SALINAN.")
    ),
    "reprint_done": Kind(HTTPStatus.OK, msg("{number} sudah dicetak ulang."), msg("Kertasnya bertuliskan SALINAN.")),
    "reprint_unsure": Kind(
        HTTPStatus.OK, msg("Belum pasti {number} tercetak ulang."), msg("Lihat di mesin tiket itu.")
    ),
    "reprint_failed": Kind(
        HTTPStatus.OK,
        msg("{number} tidak tercetak ulang."),
        msg("Tuliskan nomor itu untuk pengunjung, dan periksa printer itu."),
    ),
    "hall_order_done": Kind(
        HTTPStatus.OK, msg("{what}: sudah dilaksanakan."), msg("Keadaannya tampil di Lainnya, Pengawas.")
    ),
    "called_before": Kind(
        HTTPStatus.OK,
        msg("{number} sudah dipanggil oleh tekanan sebelumnya."),
        msg("Tekan sekali lagi untuk memanggil yang berikutnya."),
    ),
}


WHEN = frozenset(
    {"closed_until", "on_break_until", "past_cutoff", "closed_holiday", "closed_today", "quota_full", "paper_roll"}
)
"""Why no number is given now: it will be again at the moment `opens`."""


class Trouble(Exception):  # noqa: N818  -- 'trouble' is the house's word; every one is expected, none is an error of ours
    """An expected failure.

    `code` is a key of `KINDS`; `values` fill its sentence; `now` is what is true instead (a JSON-ready
    value), carried in the answer of a 409. Raises KeyError for a code that does not exist.
    """

    def __init__(self, code: str, *, now: object = None, **values: object) -> None:
        self.kind = KINDS[code]
        self.code = code
        self.now = now
        self.values = values
        super().__init__(code, values)

    @property
    def is_undecided(self) -> bool:
        """Whether the order may or may not have been carried out: repeat it under the same key."""
        return self.kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR

    def sentence(self, words: Words) -> str:
        """What is wrong, in the language of `words`."""
        return words.say(self.kind.sentence, **self._told(words))

    def step(self, words: Words) -> str:
        """What to do next, in the language of `words`."""
        return words.say(self.kind.step, **self._told(words))

    def _told(self, words: Words) -> dict[str, object]:
        """What fills the sentences.

        `opens`, `at`, `since`, `until` and `meets` are moments (ISO 8601), `why_en` is `why` in English.
        """
        told = dict(self.values)
        told |= {name: _clock_said(str(told[name]), words) for name in ("since", "until", "meets") if name in told}
        if "opens" in told:
            told["opens"] = _moment_said(str(told["opens"]), str(told.get("at", "")), words)
        if words.language != "id" and told.get("why_en"):
            told["why"] = told["why_en"]
        return told

    def __str__(self) -> str:
        """The Indonesian sentence with its step: what a log line or a terminal shows."""
        words = Words("id")
        return f"{self.sentence(words)} {self.step(words)}"


def _clock_said(moment: str, words: Words) -> str:
    try:
        return words.clock(datetime.fromisoformat(moment))
    except ValueError:  # as in _moment_said
        return moment


def _moment_said(opens: str, at: str, words: Words) -> str:
    if not opens:
        return words.say(msg("pada waktu yang belum ditentukan"))
    try:
        return words.when(datetime.fromisoformat(opens), datetime.fromisoformat(at))
    except ValueError:  # a newer hub may write times another way: what it says is still better than nothing
        return opens
