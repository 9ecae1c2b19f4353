"""What someone with the research bucket alone can say of when conversations
were held. Reads a copy of the bucket and its listing ({path: modified in ms});
prints {"dated": {id: [from, to, clue]}, "orders": {clue: {id: rank}}}, an
order being of one release, since releases follow one another.

It knows how such data is made and tries every clue it can think of: when
objects appeared, years in paths, ids that carry a time, dates and clock
counts in values, statistics, footers and documents, and every order in which
rows, ids and values come.
"""
import datetime as dt
import json
import pathlib
import re
import struct
import sys
import uuid

import pyarrow.parquet as pq

UTC = dt.timezone.utc
DAY = 86_400_000
LONG = 400 * DAY
FOREVER = (0, 1 << 60)


def ms(moment):
    return int(moment.timestamp() * 1000)


class Clues:
    """Finds times in text and numbers, near the times at which objects appeared."""

    MONTHS = 'january february march april may june july august september october november december'.split()
    ORDINALS = ('first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth '
                'fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth').split()
    MONTH = '|'.join(f'{m}|{m[:3]}' for m in MONTHS)
    DAYWORD = r'\d{1,2}(?:st|nd|rd|th)?|(?:twenty|thirty)[ -]?(?:' + '|'.join(ORDINALS[:9]) + ')|' + '|'.join(
        ORDINALS) + '|thirtieth'
    NAMED = re.compile(rf'\b(?:({MONTH})\.?,? (?:the )?({DAYWORD})|({DAYWORD}) (?:of )?({MONTH}))\b', re.I)
    NUMERIC = re.compile(r'\b(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})\b')
    COMPACT = re.compile(r'(?<!\d)(20[0-3]\d)(\d\d)(\d\d)(?!\d)')
    COUNT = re.compile(r'\b\d{10,19}\b')
    UUID = re.compile(r'\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b', re.I)
    ULID = re.compile(r'\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b')
    CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

    def __init__(self, modified):
        self.near = (min(modified) - LONG, max(modified) + LONG)
        self.years = range(*(dt.datetime.fromtimestamp(t / 1000, UTC).year for t in self.near))
        self.years = [*self.years, self.years.stop]

    def day(self, year, month, day):
        try:
            start = ms(dt.datetime(year, month, day, tzinfo=UTC))
        except ValueError:
            return None
        return (start, start + DAY) if self.near[0] <= start <= self.near[1] else None

    def count(self, number):
        """A number that counts seconds or fractions of them since 1970."""
        for unit in (1000, 1, 1e-3, 1e-6):
            at = number * unit
            if self.near[0] <= at <= self.near[1]:
                return (int(at), int(at) + 1000)
        return None

    def id(self, text):
        u = uuid.UUID(text)
        if u.version == 7:
            return self.count(u.int >> 80)
        if u.version in (1, 6):
            ticks = u.time if u.version == 1 else (u.time_low << 28) | (u.time_mid << 12) | (u.time_hi_version & 0xfff)
            return self.count((ticks - 0x01b21dd213814000) // 10_000)
        return None

    def of_text(self, text):
        for m in self.NAMED.finditer(text):
            month, day = (m[1], m[2]) if m[1] else (m[4], m[3])
            month = 1 + next(i for i, name in enumerate(self.MONTHS) if name.startswith(month.lower()[:3]))
            for year in self.years:
                yield self.day(year, month, self.dayword(day.lower()))
        for m in self.NUMERIC.finditer(text):
            a, b, c = map(int, m.groups())
            for year, month, day in ((a, b, c), (c, a, b), (c, b, a), (2000 + c, a, b), (2000 + c, b, a)):
                yield self.day(year, month, day)
        for m in self.COMPACT.finditer(text):
            yield self.day(*map(int, m.groups()))
        for m in self.COUNT.finditer(text):
            yield self.count(int(m[0]))
        for m in self.UUID.finditer(text):
            yield self.id(m[0])
        for m in self.ULID.finditer(text):
            number = 0
            for c in m[0][:10]:
                number = number * 32 + self.CROCKFORD.index(c)
            yield self.count(number)

    def dayword(self, word):
        if word[0].isdigit():
            return int(re.match(r'\d+', word)[0])
        if word == 'thirtieth':
            return 30
        tens, ones = re.match(r'(twenty|thirty)?[ -]?(.*)', word).groups()
        return {'twenty': 20, 'thirty': 30}.get(tens, 0) + (self.ORDINALS.index(ones) + 1 if ones else 0)

    def of_footer(self, raw):
        """Counts in a footer, whose integers are zigzag varints: whatever
        field they are in, known to readers or not."""
        for start in range(len(raw)):
            value, shift = 0, 0
            for byte in raw[start:start + 10]:
                value |= (byte & 0x7f) << shift
                shift += 7
                if byte < 0x80:
                    break
            value = (value >> 1) ^ -(value & 1)
            if value > 10 ** 11:
                yield self.count(value)

    def of_value(self, value):
        if isinstance(value, str):
            yield from self.of_text(value)
        elif isinstance(value, (dt.date, dt.datetime)):
            yield from self.of_text(value.isoformat())
        elif isinstance(value, bytes):
            yield from self.of_text(value.decode('latin-1'))
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and value > 10 ** 9:
            yield self.count(value)
        elif isinstance(value, dict):
            for inner in value.values():
                yield from self.of_value(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from self.of_value(inner)


def scalars(row, prefix=''):
    for name, value in row.items():
        if isinstance(value, dict):
            yield from scalars(value, f'{prefix}{name}.')
        elif isinstance(value, list):
            yield f'{prefix}len({name})', len(value)
        elif value is not None:
            yield prefix + name, value


class Attack:
    def __init__(self, folder, listing):
        self.folder, self.listing = pathlib.Path(folder), listing
        self.clues = Clues(list(listing.values()))
        self.dated, self.orders = {}, {}
        self.published = {}
        for path, modified in listing.items():
            if release := re.search(r'release=(\d+)', path):
                key = (path.split('/')[0], int(release[1]))
                first, last = self.published.get(key, (modified, modified))
                self.published[key] = (min(first, modified), max(last, modified))

    def narrow(self, ids, interval, clue):
        for i in ids:
            lo, hi, why = self.dated.get(i, (*FOREVER, ''))
            new = (max(lo, interval[0]), min(hi, interval[1]))
            # What contradicts what is known is chance.
            if 0 < new[1] - new[0] < hi - lo:
                self.dated[i] = (*new, f'{why} {clue}'.strip()[:200])

    def rank(self, path, clue, i, value):
        release = re.search(r'release=\d+', path)[0]
        self.orders.setdefault(f'{release} {clue}', {}).setdefault(i, value)

    def appeared(self, path):
        """Between the release before and this one, within the year of its path."""
        area, release = path.split('/')[0], int(re.search(r'release=(\d+)', path)[1])
        before = self.published.get((area, release - 1), (0, 0))[0]
        lo, hi = before, self.published[(area, release)][1]
        year = re.search(r'year=(\d+)', path)
        if year and int(year[1]):
            start, end = (ms(dt.datetime(int(year[1]) + n, 1, 1, tzinfo=UTC)) for n in (0, 1))
            if max(lo, start) < min(hi, end):
                lo, hi = max(lo, start), min(hi, end)
            else:
                lo, hi = start, end
        return lo, hi

    def parquet(self, path):
        file = pq.ParquetFile(self.folder / path)
        table = path.split('/')[1]
        raw = (self.folder / path).read_bytes()
        footer = raw[-8 - struct.unpack('<I', raw[-8:-4])[0]:-8]
        rows, ids, position = [], [], 0
        for group in range(file.num_row_groups):
            for row in file.read_row_group(group).to_pylist():
                rows.append(row)
                ids.append(row['conversation_id'])
                self.rank(path, f'{table}: row', ids[-1], (self.listing[path], path, position))
                self.rank(path, f'{table}: row in its file', ids[-1], position)
                self.rank(path, 'id', ids[-1], ids[-1])
                position += 1
        self.narrow(ids, self.appeared(path), 'appeared')
        for hit in filter(None, self.clues.of_footer(footer)):
            self.narrow(ids, hit, 'a count in a footer')
        beside = [path, file.metadata.created_by, *map(bytes, sum((file.metadata.metadata or {}).items(), ()))]
        for group in range(file.num_row_groups):
            for column in range(file.metadata.num_columns):
                statistics = file.metadata.row_group(group).column(column).statistics
                if statistics is not None and statistics.has_min_max:
                    beside += [statistics.min, statistics.max]
        for hit in filter(None, self.clues.of_value(beside)):
            self.narrow(ids, hit, 'footer')
        for i, row in zip(ids, rows):
            for hit in filter(None, self.clues.of_value(row)):
                self.narrow([i], hit, f'{table} value')
            for name, value in scalars(row):
                self.rank(path, f'{table}: {name}', i, str(value) if isinstance(value, str) else float(value))
                if isinstance(value, str):
                    self.rank(path, f'{table}: length of {name}', i, len(value))
        return ids

    def run(self):
        in_release = {}
        for path in sorted(self.listing, key=lambda p: (self.listing[p], p)):
            if path.endswith('.parquet'):
                key = re.search(r'release=\d+', path)[0]
                in_release.setdefault((path.split('/')[0], key), []).extend(self.parquet(path))
        for path in self.listing:
            if not path.endswith('.parquet'):
                release = re.search(r'release=\d+', path)
                ids = in_release.get((path.split('/')[0], release[0] if release else ''), [])
                text = path + '\n' + (self.folder / path).read_text(errors='replace')
                for hit in filter(None, self.clues.of_text(text)):
                    self.narrow(ids, hit, path.rsplit('/', 1)[-1])
        return {'dated': self.dated, 'orders': {c: ranks(o) for c, o in self.orders.items()}}


def ranks(order):
    """Each id's rank; equal values share the mean of theirs."""
    ordered = sorted(order.items(), key=lambda item: item[1])
    out, n = {}, 0
    while n < len(ordered):
        same = n
        while same < len(ordered) and ordered[same][1] == ordered[n][1]:
            same += 1
        for i, _ in ordered[n:same]:
            out[i] = (n + same - 1) / 2
        n = same
    return out


if __name__ == '__main__':
    print(json.dumps(Attack(sys.argv[1], json.load(open(sys.argv[2]))).run()))
