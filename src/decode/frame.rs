//! The frame that producers with a schema registry put before a value or key:
//! a zero byte and the schema's id in four bytes.

use super::DecodeError;

const MAGIC: u8 = 0;
const LENGTH: usize = 5;

/// What lies behind a frame, and how many bytes lie before it; no JSON text
/// begins with a zero byte, so bytes without one are their own content.
pub(crate) fn content(bytes: &[u8]) -> (&[u8], usize) {
    match bytes {
        [MAGIC, _, _, _, _, content @ ..] => (content, LENGTH),
        _ => (bytes, 0),
    }
}

/// The JSON of a record's value, and how many bytes lie before it.
///
/// # Errors
/// [`DecodeError::NotJsonFramed`] where what is framed is Avro, Protobuf or
/// anything else that cannot be JSON.
pub(crate) fn json(payload: &[u8]) -> Result<(&[u8], usize), DecodeError> {
    let (content, before) = content(payload);
    let first = content.iter().find(|byte| !byte.is_ascii_whitespace());
    match (before, first) {
        (0, _) | (_, Some(b'{' | b'[' | 0xef)) => Ok((content, before)),
        _ => Err(DecodeError::NotJsonFramed {
            schema: u32::from_be_bytes([payload[1], payload[2], payload[3], payload[4]]),
        }),
    }
}

/// A record's key as text: as it is, or the JSON string or number in a frame.
pub(crate) fn key(bytes: &[u8]) -> Option<String> {
    let (content, before) = content(bytes);
    let text = std::str::from_utf8(content).ok()?;
    if before == 0 {
        return Some(text.to_owned());
    }
    match serde_json::from_str(text).ok()? {
        serde_json::Value::String(key) => Some(key),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(payload: &[u8], expected: Result<(&[u8], usize), u32>) {
        let expected = expected.map_err(|schema| DecodeError::NotJsonFramed { schema });
        assert_eq!(json(payload), expected, "{payload:?}");
    }

    #[test]
    fn json_is_taken_out_of_its_frame_and_nothing_else() {
        check(b"{\"a\":1}", Ok((b"{\"a\":1}", 0)));
        check(b"\0\0\0\0\x07{\"a\":1}", Ok((b"{\"a\":1}", 5)));
        check(b"\0\0\x01\0\0 \n[1]", Ok((b" \n[1]", 5)));
        check(b"\0\0\0\0\x07\xef\xbb\xbf{}", Ok((b"\xef\xbb\xbf{}", 5)));
        // Protobuf: message indexes, then a field; Avro: a string's length first.
        check(b"\0\0\0\x01\x02\0\x0a\x03abc", Err(258));
        check(b"\0\0\0\0\x09\x06abc", Err(9));
        check(b"\0\0\0\0\x09", Err(9));
        check(b"\0\0\0\x09", Ok((b"\0\0\0\x09", 0)));
    }

    #[test]
    fn a_framed_key_is_its_json() {
        for (bytes, expected) in [
            (&b"call-7"[..], Some("call-7")),
            (b"\0\0\0\0\x07\"call-7\"", Some("call-7")),
            (b"\0\0\0\0\xff\"call-7\"", Some("call-7")),
            (b"\0\0\0\0\x07 417", Some("417")),
            (b"\0\0\0\0\x07{\"id\":7}", None),
            (b"\0\0\0\0\x07\x0ccall-7", None),
            (b"\xff\xfe", None),
        ] {
            assert_eq!(key(bytes).as_deref(), expected, "{bytes:?}");
        }
    }
}
