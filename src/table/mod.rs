//! Clean conversations → Arrow rows → Parquet bytes.
