//! A file → its records: one JSON document, an array of them, or JSON lines.

use serde::de::IgnoredAny;

/// One record of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct FileRecord<'a> {
    /// The line on which it begins, from 1.
    pub(super) line: usize,
    /// Its bytes.
    pub(super) bytes: &'a [u8],
}

impl FileRecord<'_> {
    /// The line and column, from 1, of the byte at `offset`.
    pub(super) fn place(&self, offset: usize) -> (usize, usize) {
        let before = &self.bytes[..offset.min(self.bytes.len())];
        let line = self.line + newlines(before);
        let start = before
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |i| i + 1);
        (line, before.len() - start + 1)
    }
}

/// The records of a file; an array is one record where `arrays_are_records`.
pub(super) fn split(bytes: &[u8], arrays_are_records: bool) -> Vec<FileRecord<'_>> {
    let whole = FileRecord { line: 1, bytes };
    if is_json(bytes) {
        let items = match arrays_are_records {
            true => None,
            false => items(bytes),
        };
        return items.unwrap_or_else(|| vec![whole]);
    }
    let lines = lines(bytes);
    // A broken document has no line that is JSON of its own before the last.
    match lines.len() > 1 && lines.iter().any(|line| is_record(line.bytes)) {
        true => lines,
        false => vec![whole],
    }
}

fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(bytes).is_ok()
}

fn is_record(bytes: &[u8]) -> bool {
    let first = bytes.iter().find(|b| !b.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'[')) && is_json(bytes) && bytes.len() > 2
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b == b'\n').count()
}

fn lines(bytes: &[u8]) -> Vec<FileRecord<'_>> {
    let lines = bytes.split(|b| *b == b'\n').enumerate();
    lines
        .map(|(i, bytes)| FileRecord { line: i + 1, bytes })
        .filter(|line| !line.bytes.trim_ascii().is_empty())
        .collect()
}

/// The items of an array; `None` where `bytes` are something else.
fn items(bytes: &[u8]) -> Option<Vec<FileRecord<'_>>> {
    let mut at = skip(bytes, 0);
    (bytes.get(at) == Some(&b'[')).then_some(())?;
    let (mut found, mut line, mut counted) = (Vec::new(), 1, 0);
    loop {
        // Past the bracket, or the comma.
        at = skip(bytes, at + 1);
        let rest = bytes.get(at..)?;
        let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        let Some(Ok(_)) = values.next() else { break };
        let end = at + values.byte_offset();
        line += newlines(&bytes[counted..at]);
        counted = at;
        let bytes = &bytes[at..end];
        found.push(FileRecord { line, bytes });
        at = skip(rest, end - at) + at;
    }
    Some(found)
}

fn skip(bytes: &[u8], from: usize) -> usize {
    let blank = |b: &&u8| b.is_ascii_whitespace();
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().take_while(blank).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, arrays_are_records: bool, expected: &[(usize, &str)]) {
        let records = split(text.as_bytes(), arrays_are_records);
        let seen: Vec<_> = records
            .iter()
            .map(|r| (r.line, std::str::from_utf8(r.bytes).expect("text")))
            .collect();
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn documents_arrays_and_lines_are_told_apart() {
        check("{\n\"a\":1}", false, &[(1, "{\n\"a\":1}")]);
        let array = "\n[\n {\"a\": [1]},\n\n {\"b\": \"],[\"} ,3]\n";
        check(
            array,
            false,
            &[(3, "{\"a\": [1]}"), (5, "{\"b\": \"],[\"}"), (5, "3")],
        );
        check(array, true, &[(1, array)]);
        check("[]", false, &[]);
        check(
            "{\"a\":1}\n\n{\"b\":2}\n{oops\n",
            false,
            &[(1, "{\"a\":1}"), (3, "{\"b\":2}"), (4, "{oops")],
        );
        check(
            "{\n \"a\": 1,\n \"b\": [1,\n",
            false,
            &[(1, "{\n \"a\": 1,\n \"b\": [1,\n")],
        );
        check("", false, &[(1, "")]);
    }

    #[test]
    fn offsets_become_lines_and_columns() {
        let record = FileRecord {
            line: 4,
            bytes: b"{\n \"a\": x}",
        };
        assert_eq!(record.place(0), (4, 1));
        assert_eq!(record.place(8), (5, 7));
        assert_eq!(record.place(900), (5, 9));
    }
}
