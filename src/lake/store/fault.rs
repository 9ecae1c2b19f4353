//! What a store's error means.

use std::io;

use object_store::Error;

use super::StoreError;

/// The class of `error`; its text may quote a request, so it is not kept.
pub(in crate::lake) fn fault(error: &Error) -> StoreError {
    match error {
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => StoreError::Denied,
        // `get` and `delete` have taken the missing object out.
        Error::NotFound { .. } => StoreError::NoBucket,
        Error::NotSupported { .. } | Error::NotImplemented { .. } => StoreError::Unsupported,
        other if is_untrusted(other) => StoreError::Tls,
        other if is_refused(other) => StoreError::Denied,
        other => match io_kind(other) {
            Some(io::ErrorKind::PermissionDenied) => StoreError::Denied,
            kind => StoreError::Unavailable(kind),
        },
    }
}

/// `error` and what caused it, outermost first, with what I/O errors wrap.
fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        match wrapped {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
}

/// The kind of the outermost I/O error in `error`, if there is one.
pub(super) fn io_kind(error: &(dyn std::error::Error + 'static)) -> Option<io::ErrorKind> {
    let mut io = causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>());
    io.next().map(io::Error::kind)
}

/// Whether a refusal lies at the root of `error`: of a listing the client says so
/// in words only.
fn is_refused(error: &(dyn std::error::Error + 'static)) -> bool {
    let says = |text: &str| text.contains("status code: 403") || text.contains("status code: 401");
    causes(error).any(|cause| says(&cause.to_string()))
}

/// Whether TLS failed over who the other side is.
fn is_untrusted(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut tls = causes(error).filter_map(|cause| cause.downcast_ref::<rustls::Error>());
    tls.any(|error| matches!(error, rustls::Error::InvalidCertificate(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_fault(error: Error, expected: StoreError) {
        assert_eq!(fault(&error), expected);
        assert!(!expected.to_string().contains("secret"));
    }

    #[test]
    fn faults_say_what_to_do_and_quote_nothing() {
        let cause = || Box::new(io::Error::new(io::ErrorKind::TimedOut, "secret"));
        let path = String::from("secret");
        let generic = Error::Generic {
            store: "S3",
            source: cause(),
        };
        let missing = Error::NotFound {
            path: path.clone(),
            source: cause(),
        };
        let refused = Error::Unauthenticated {
            path,
            source: cause(),
        };
        let unable = Error::NotSupported { source: cause() };
        let timed_out = StoreError::Unavailable(Some(io::ErrorKind::TimedOut));
        check_fault(generic, timed_out);
        check_fault(missing, StoreError::NoBucket);
        check_fault(refused, StoreError::Denied);
        let listing = Error::Generic {
            store: "S3",
            source: "non-2xx status code: 403 Forbidden: secret".into(),
        };
        let stranger = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        let wrapped = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, stranger));
        let untrusted = Error::Generic {
            store: "S3",
            source: Box::new(wrapped),
        };
        check_fault(listing, StoreError::Denied);
        check_fault(untrusted, StoreError::Tls);
        check_fault(unable, StoreError::Unsupported);
    }
}
