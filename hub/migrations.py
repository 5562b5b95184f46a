"""The shape of the database file, grown in steps that are never edited once released.

Times are milliseconds since 1970-01-01 UTC; days are ISO dates in the hall's own zone.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("antre")

# `ahead`, `opened`, `front`: what its visitor met at the taking, see rows.Met; `waited`: ms until the first call.
# The states as one CASE: for an IN of more than two values SQLite builds a table each time a row is checked.
_TICKET = """
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    prefix TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    agency TEXT NOT NULL,
    service TEXT NOT NULL,
    priority INTEGER NOT NULL CHECK (priority = 0 OR priority = 1),
    language TEXT NOT NULL,
    kiosk TEXT NOT NULL,
    token TEXT NOT NULL CHECK (length(token) = 22),
    taken_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    counter TEXT,
    called_at INTEGER,
    served_at INTEGER,
    ended_at INTEGER,
    calls INTEGER NOT NULL DEFAULT 0 CHECK (calls >= 0),
    paper TEXT CHECK (paper = 'printed' OR paper = 'failed' OR paper = 'unknown' OR paper = 'paperless'),
    last_call INTEGER,
    closed INTEGER,
    reason TEXT,
    line_at INTEGER NOT NULL,
    for_counter TEXT,
    return_to TEXT,
    held_until INTEGER,
    origin TEXT NOT NULL DEFAULT 'kiosk' CHECK (CASE origin
        WHEN 'kiosk' THEN 1 WHEN 'counter' THEN 1 WHEN 'paper_roll' THEN 1 WHEN 'walk_in' THEN 1 ELSE 0 END),
    journey TEXT NOT NULL DEFAULT '',
    result TEXT,
    ahead INTEGER,
    opened INTEGER,
    front INTEGER,
    waited INTEGER,
    appointment INTEGER,
    missed INTEGER NOT NULL DEFAULT 0 CHECK (missed = 0 OR missed = 1),
    UNIQUE (day, prefix, sequence),
    CHECK ((counter IS NULL) = (last_call IS NULL)),
    CHECK ((held_until IS NULL) = (state <> 'held')),
    CHECK (CASE state
        WHEN 'waiting' THEN counter IS NULL AND ended_at IS NULL
        WHEN 'held' THEN counter IS NULL AND ended_at IS NULL
        WHEN 'called' THEN counter IS NOT NULL AND ended_at IS NULL
        WHEN 'serving' THEN counter IS NOT NULL AND ended_at IS NULL
        WHEN 'finished' THEN counter IS NOT NULL AND ended_at IS NOT NULL
        WHEN 'no_show' THEN counter IS NOT NULL AND ended_at IS NOT NULL
        WHEN 'cancelled' THEN counter IS NULL AND ended_at IS NOT NULL
        WHEN 'expired' THEN counter IS NULL AND ended_at IS NOT NULL
        ELSE 0 END)
) STRICT
"""

_TICKET_INDEXES = """
CREATE UNIQUE INDEX ticket_at_counter ON ticket (counter) WHERE state IN ('called', 'serving');
CREATE INDEX ticket_waiting ON ticket (day, agency, priority, line_at, id) WHERE state = 'waiting';
CREATE INDEX ticket_sent ON ticket (for_counter, day, line_at, id) WHERE state = 'waiting' AND for_counter IS NOT NULL;
CREATE INDEX ticket_journey ON ticket (day) WHERE journey <> '';
CREATE INDEX ticket_appointment ON ticket (day, prefix, appointment) WHERE appointment IS NOT NULL;
CREATE INDEX ticket_held ON ticket (held_until) WHERE state = 'held';
CREATE INDEX ticket_called ON ticket (day, last_call) WHERE last_call IS NOT NULL;
CREATE INDEX ticket_of_counter ON ticket (day, counter, last_call) WHERE last_call IS NOT NULL;
"""

# No row is ever deleted, so the next id is always greater than any before; AUTOINCREMENT would only cost.
_EVENT = """
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    ticket INTEGER,
    counter TEXT,
    reason TEXT,
    outcome TEXT CHECK (outcome = 'printed' OR outcome = 'failed' OR outcome = 'unknown' OR outcome = 'paperless'),
    code TEXT NOT NULL DEFAULT '',
    health TEXT,
    state TEXT,
    calls INTEGER,
    paper TEXT,
    called_at INTEGER,
    served_at INTEGER,
    ended_at INTEGER,
    why TEXT NOT NULL DEFAULT '',
    agency TEXT,
    service TEXT,
    for_counter TEXT,
    held_until INTEGER,
    called_for TEXT,
    app TEXT,
    by INTEGER,
    result TEXT,
    CHECK (CASE kind
        WHEN 'taken' THEN ticket IS NOT NULL
        WHEN 'printed' THEN ticket IS NOT NULL AND outcome IS NOT NULL
        WHEN 'reprint_asked' THEN ticket IS NOT NULL AND code <> ''
        WHEN 'reprinted' THEN ticket IS NOT NULL AND outcome IS NOT NULL
        WHEN 'called' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'recalled' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'served' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'finished' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'no_show' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'returned' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'reopened' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'held' THEN ticket IS NOT NULL AND counter IS NOT NULL AND held_until IS NOT NULL
        WHEN 'unheld' THEN ticket IS NOT NULL
        WHEN 'transferred' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'moved_on' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'planned' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'rejoined' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'corrected' THEN ticket IS NOT NULL AND counter IS NOT NULL AND why <> ''
        WHEN 'cancelled' THEN ticket IS NOT NULL
        WHEN 'expired' THEN ticket IS NOT NULL
        WHEN 'carried' THEN ticket IS NOT NULL
        WHEN 'closed' THEN (agency IS NULL) <> (counter IS NULL) AND why <> ''
        WHEN 'opened' THEN (agency IS NULL) <> (counter IS NULL)
        WHEN 'walked_in' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'walk_in_undone' THEN ticket IS NOT NULL AND counter IS NOT NULL
        WHEN 'alarm' THEN ticket IS NULL AND counter IS NOT NULL
        WHEN 'alarm_answered' THEN ticket IS NULL AND counter IS NOT NULL AND code <> ''
        WHEN 'paused' THEN ticket IS NULL AND counter IS NOT NULL AND why <> ''
        WHEN 'resumed' THEN ticket IS NULL AND counter IS NOT NULL
        WHEN 'roll_begun' THEN agency IS NOT NULL AND why <> ''
        WHEN 'roll_ended' THEN agency IS NOT NULL AND why <> ''
        WHEN 'device' THEN ticket IS NULL AND health IS NOT NULL
        WHEN 'signed_in' THEN ticket IS NULL AND counter IS NOT NULL AND app IS NOT NULL
        WHEN 'signed_out' THEN ticket IS NULL AND counter IS NOT NULL AND app IS NOT NULL
        WHEN 'staff' THEN ticket IS NULL AND code <> '' AND why <> ''
        WHEN 'paired' THEN ticket IS NULL AND why <> ''
        WHEN 'unpaired' THEN ticket IS NULL AND why <> ''
        WHEN 'configured' THEN ticket IS NULL AND code <> ''
        WHEN 'voiced' THEN ticket IS NULL AND code <> '' AND why <> ''
        WHEN 'quieted' THEN ticket IS NULL AND why <> ''
        WHEN 'quiet_ended' THEN ticket IS NULL AND why <> ''
        ELSE 0 END)
) STRICT
"""

# What each counter called, and took back: the newest of it decide whose turn it is.
_EVENT_INDEX = """
CREATE INDEX event_turn ON event (counter) WHERE kind IN ('called', 'returned');
"""

_EVENT_IS_APPENDED_ONLY = """
CREATE TRIGGER event_kept BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
"""

# How many wait in an agency's line, and of them priority visitors; who waits for one counter alone does not. Counted as
# they come and go: counting rows would cost more with every one who waits.
_QUEUE = """
CREATE TABLE queue (
    day TEXT NOT NULL,
    agency TEXT NOT NULL,
    waiting INTEGER NOT NULL CHECK (waiting >= 0),
    priority INTEGER NOT NULL CHECK (priority >= 0 AND priority <= waiting),
    PRIMARY KEY (day, agency)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER queue_joined AFTER INSERT ON ticket WHEN NEW.state = 'waiting'
BEGIN
    INSERT INTO queue (day, agency, waiting, priority) VALUES (NEW.day, NEW.agency, 1, NEW.priority)
    ON CONFLICT (day, agency) DO UPDATE SET waiting = waiting + 1, priority = priority + NEW.priority;
END;
CREATE TRIGGER queue_left AFTER UPDATE OF state ON ticket
WHEN OLD.state = 'waiting' AND OLD.for_counter IS NULL
BEGIN
    UPDATE queue SET waiting = waiting - 1, priority = priority - OLD.priority
    WHERE day = OLD.day AND agency = OLD.agency;
END;
CREATE TRIGGER queue_rejoined AFTER UPDATE OF state ON ticket
WHEN NEW.state = 'waiting' AND NEW.for_counter IS NULL
BEGIN
    INSERT INTO queue (day, agency, waiting, priority) VALUES (NEW.day, NEW.agency, 1, NEW.priority)
    ON CONFLICT (day, agency) DO UPDATE SET waiting = waiting + 1, priority = priority + NEW.priority;
END;
CREATE TRIGGER queue_moved AFTER UPDATE OF day ON ticket WHEN NEW.state = 'waiting' AND NEW.for_counter IS NULL
BEGIN
    UPDATE queue SET waiting = waiting - 1, priority = priority - OLD.priority
    WHERE day = OLD.day AND agency = OLD.agency;
    INSERT INTO queue (day, agency, waiting, priority) VALUES (NEW.day, NEW.agency, 1, NEW.priority)
    ON CONFLICT (day, agency) DO UPDATE SET waiting = waiting + 1, priority = priority + NEW.priority;
END;
"""

# A visit that ended while its ticket went on: sent to another counter, and back, or to the next service of a journey.
# The ticket's own row has room for one visit; what is here is counted with it and can be undone.
_VISIT = """
CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL,
    day TEXT NOT NULL,
    counter TEXT NOT NULL,
    agency TEXT NOT NULL,
    service TEXT NOT NULL,
    called_at INTEGER,
    served_at INTEGER,
    ended_at INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    last_call INTEGER NOT NULL,
    closed INTEGER,
    reason TEXT,
    for_counter TEXT,
    return_to TEXT,
    journey TEXT NOT NULL,
    line_at INTEGER NOT NULL,
    result TEXT
) STRICT
"""

_VISIT_INDEX = """
CREATE INDEX visit_of_counter ON visit (day, counter);
"""

# Neither token nor key has an index: see hub.hints.
_ANSWER = """
CREATE TABLE answer (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL CHECK (length(key) = 16),
    fingerprint BLOB NOT NULL,
    status INTEGER NOT NULL,
    body BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT
"""

_DEVICE = """
CREATE TABLE device (
    kind TEXT NOT NULL CHECK (kind IN ('kiosk', 'counter', 'display')),
    id TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    troubles TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID
"""


# Calls for help; `id` is that of the event that says so, `answered_by` a counter, empty for somebody else.
_ALARM = """
CREATE TABLE alarm (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    counter TEXT NOT NULL,
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    answered_at INTEGER,
    answered_by TEXT,
    CHECK ((answered_at IS NULL) = (answered_by IS NULL))
) STRICT
"""

_ALARM_INDEX = """
CREATE INDEX alarm_of_day ON alarm (day);
"""

# What is closed for the rest of a day: an agency gives no numbers, a counter calls nobody, or pauses.
_CLOSING = """
CREATE TABLE closing (
    day TEXT NOT NULL,
    place TEXT NOT NULL CHECK (place = 'agency' OR place = 'counter' OR place = 'pause'),
    id TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why <> ''),
    at INTEGER NOT NULL,
    PRIMARY KEY (day, place, id)
) STRICT, WITHOUT ROWID
"""

# Where no calls are said, and until when (ms): by zone, '' for the whole hall. What is over stays till the next time.
_QUIET = """
CREATE TABLE quiet (
    zone TEXT PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""

# Who may sign in at counters. `pin` is an argon2id hash; `wrong` PINs in a row, `locks` by them in a row.
_STAFF = """
CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('officer', 'supervisor', 'administrator')),
    is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active = 0 OR is_active = 1),
    pin TEXT NOT NULL CHECK (pin GLOB '$argon2id$*'),
    wrong INTEGER NOT NULL DEFAULT 0,
    locks INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0
) STRICT
"""

# Which app has which counter, and the keys of devices. Of tokens and keys only hashes.
_SESSION = """
CREATE TABLE session (
    counter TEXT PRIMARY KEY,
    app TEXT NOT NULL,
    host TEXT NOT NULL,
    staff INTEGER,
    key INTEGER,
    since INTEGER NOT NULL,
    token BLOB NOT NULL UNIQUE CHECK (length(token) = 32)
) STRICT, WITHOUT ROWID
"""

_DEVICE_KEY = """
CREATE TABLE device_key (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('kiosk', 'counter', 'display', 'system')),
    device TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    paired_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT
"""

_ACCESS_INDEXES = """
CREATE UNIQUE INDEX staff_name ON staff (name COLLATE NOCASE) WHERE is_active = 1;
CREATE UNIQUE INDEX device_key_of_device ON device_key (kind, device) WHERE revoked_at IS NULL;
"""

# Printed paper rolls: a range of an agency's numbers that visitors tear off on one day; ended, it stays taken.
_ROLL = """
CREATE TABLE roll (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    agency TEXT NOT NULL,
    prefix TEXT NOT NULL,
    first INTEGER NOT NULL CHECK (first > 0),
    last INTEGER NOT NULL CHECK (last >= first),
    next INTEGER NOT NULL CHECK (next BETWEEN first AND last + 1),
    place TEXT NOT NULL,
    moved_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT
"""

_ROLL_INDEXES = """
CREATE UNIQUE INDEX roll_on ON roll (day, agency) WHERE ended_at IS NULL;
CREATE INDEX roll_of_day ON roll (day);
"""

# Copies that officers asked a kiosk for; `id`: of the event.
_REPRINT = """
CREATE TABLE reprint (
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL,
    day TEXT NOT NULL,
    kiosk TEXT NOT NULL,
    done_at INTEGER
) STRICT
"""

_REPRINT_INDEX = """
CREATE INDEX reprint_open ON reprint (kiosk, day) WHERE done_at IS NULL;
"""

# Appointments made before their day, by code; `further`: service ids after the first, with blanks between. `ticket`:
# the last one taken with it. Whether it was taken is that ticket's to say: given back, the booking is good again.
_BOOKING = """
CREATE TABLE booking (
    code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 4 AND 20),
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    service TEXT NOT NULL,
    further TEXT NOT NULL,
    priority INTEGER NOT NULL CHECK (priority = 0 OR priority = 1),
    is_cancelled INTEGER NOT NULL CHECK (is_cancelled = 0 OR is_cancelled = 1),
    ticket INTEGER
) STRICT, WITHOUT ROWID
"""

_BOOKING_INDEX = """
CREATE INDEX booking_of_day ON booking (day, at);
"""

# What became of saying each call: `call` is the id of its event, so that none counts as said twice.
_VOICED = """
CREATE TABLE voiced (
    call INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (CASE outcome
        WHEN 'spoken' THEN 1 WHEN 'late' THEN 1 WHEN 'crowded' THEN 1 WHEN 'no_voice' THEN 1
        WHEN 'no_sound' THEN 1 WHEN 'quiet' THEN 1 WHEN 'undone' THEN 1 ELSE 0 END),
    display TEXT NOT NULL
) STRICT
"""

_VOICED_INDEX = """
CREATE INDEX voiced_of_day ON voiced (day, outcome);
"""

# How long people wait, as learnt from the days before `day`: one row, which a night replaces.
_LEARNT = """
CREATE TABLE learnt (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    day TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT
"""


# The PIN of the technicians at the kiosks, as shared/technician_pin.py hashes it: one row, or none.
_TECHNICIAN = """
CREATE TABLE technician (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    pin TEXT NOT NULL CHECK (pin GLOB '$argon2id$*')
) STRICT
"""


# Each configuration the hub has had, as its file was written; the newest is in force. `logo`: sha-256 of the picture.
_CONFIGURATION = """
CREATE TABLE configuration (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin = 'file' OR origin = 'app' OR origin = 'undo'),
    text TEXT NOT NULL,
    logo TEXT NOT NULL
) STRICT
"""


@migrations()
def m001_main_job(db: Database) -> None:
    """Tickets, events, who waits, visits, answers, devices, closings, rolls, alarms, copies, bookings, voices."""
    tables = (_TICKET, _EVENT, _VISIT, _ANSWER, _DEVICE, _CLOSING, _STAFF, _SESSION, _DEVICE_KEY, _ROLL, _CONFIGURATION)
    for block in (*tables, _LEARNT, _TECHNICIAN, _ALARM, _REPRINT, _BOOKING, _VOICED, _QUIET):
        db.execute(block)
    for statement in _statements(
        _TICKET_INDEXES,
        _EVENT_INDEX,
        _EVENT_IS_APPENDED_ONLY,
        _QUEUE,
        _VISIT_INDEX,
        _ACCESS_INDEXES,
        _ROLL_INDEXES,
        _ALARM_INDEX,
        _REPRINT_INDEX,
        _BOOKING_INDEX,
        _VOICED_INDEX,
    ):
        db.execute(statement)


def _statements(*scripts: str) -> list[str]:
    # executescript() would end the migration's transaction before its record is written.
    return [part for script in scripts for part in _parts(script)]


def _parts(script: str) -> list[str]:
    parts: list[str] = []
    lines: list[str] = []
    for line in script.strip().splitlines():
        lines.append(line)
        in_trigger = lines[0].startswith("CREATE TRIGGER")
        if line.endswith("END;" if in_trigger else ";"):
            parts.append("\n".join(lines))
            lines = []
    return parts
