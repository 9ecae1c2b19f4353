//! Tokens for SASL OAUTHBEARER.
//!
//! `sasl.oauthbearer.config` says where they come from: `file=PATH` of a token
//! that somebody else keeps fresh, read again before it expires; or
//! `principal=NAME`, an unsecured token (RFC 7515, appendix A.5) that only a
//! broker for trials takes.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rdkafka::client::OAuthToken;
use serde_json::{Value, json};

/// How long an unsecured token holds, in seconds.
const UNSECURED_SECONDS: u64 = 3600;

/// Why there is no token. It quotes none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum TokenError {
    /// The setting says neither.
    #[error("sasl.oauthbearer.config says neither `file=PATH` nor `principal=NAME`")]
    Setting,
    /// The file cannot be read.
    #[error("the token's file cannot be read ({0})")]
    File(std::io::ErrorKind),
    /// What the file holds is no JSON web token with `sub` and `exp`.
    #[error("the token's file holds no JSON web token that says `sub` and `exp`")]
    Form,
}

/// The token that `setting` asks for, at this machine's time.
pub(super) fn token(setting: Option<&str>) -> Result<OAuthToken, TokenError> {
    let setting = setting.unwrap_or_default();
    if let Some(path) = value(setting, "file=") {
        let text = std::fs::read_to_string(path).map_err(|e| TokenError::File(e.kind()))?;
        return of_file(text.trim());
    }
    let principal = value(setting, "principal=").ok_or(TokenError::Setting)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    Ok(unsecured(principal, now.unwrap_or_default().as_secs()))
}

fn value<'a>(setting: &'a str, key: &str) -> Option<&'a str> {
    let value = setting.split_whitespace().find_map(|w| w.strip_prefix(key));
    value.filter(|value| !value.is_empty())
}

/// A token with its owner and end as it states them; the broker verifies it.
fn of_file(text: &str) -> Result<OAuthToken, TokenError> {
    let claims = text.split('.').nth(1).ok_or(TokenError::Form)?;
    let claims = BASE64_URL_SAFE_NO_PAD.decode(claims.trim_end_matches('='));
    let claims = claims.map_err(|_| TokenError::Form)?;
    let claims: Value = serde_json::from_slice(&claims).map_err(|_| TokenError::Form)?;
    let ends = claims["exp"].as_f64().ok_or(TokenError::Form)?;
    Ok(OAuthToken {
        token: text.to_owned(),
        principal_name: claims["sub"].as_str().ok_or(TokenError::Form)?.to_owned(),
        lifetime_ms: (ends * 1000.0) as i64,
    })
}

fn unsecured(principal: &str, now: u64) -> OAuthToken {
    let ends = now + UNSECURED_SECONDS;
    let part = |part: Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
    let head = part(json!({"alg": "none"}));
    let claims = part(json!({"sub": principal, "iat": now, "exp": ends}));
    OAuthToken {
        token: format!("{head}.{claims}."),
        principal_name: principal.to_owned(),
        lifetime_ms: i64::try_from(ends.saturating_mul(1000)).unwrap_or(i64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_token_says_whose_it_is_and_how_long() {
        let dir = tempfile::tempdir().expect("a directory");
        let file = dir.path().join("token");
        let setting = format!("file={}", file.display());
        let missing = TokenError::File(std::io::ErrorKind::NotFound);
        assert_eq!(token(Some(&setting)).err(), Some(missing));
        let made = unsecured("worker-7", 1_000);
        std::fs::write(&file, format!("{}\n", made.token)).expect("written");
        let read = token(Some(&setting)).expect("a token");
        assert_eq!(read.token, made.token);
        assert_eq!(
            (&*read.principal_name, read.lifetime_ms),
            ("worker-7", 4_600_000)
        );
        for bad in ["", "hunter2", "a.b.c", "a.e30.c"] {
            std::fs::write(&file, bad).expect("written");
            assert_eq!(token(Some(&setting)).err(), Some(TokenError::Form), "{bad}");
        }
    }

    #[test]
    fn the_setting_says_where_from() {
        for bad in [None, Some(""), Some("principal="), Some("scope=x")] {
            assert_eq!(token(bad).err(), Some(TokenError::Setting), "{bad:?}");
        }
        let made = token(Some("scope=x principal=worker")).expect("a token");
        assert_eq!(made.principal_name, "worker");
    }
}
