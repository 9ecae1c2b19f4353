//! The mappings that ship with the program.

/// One of them.
#[derive(Debug, Clone, Copy)]
pub struct Preset {
    /// Its name, as a tenant's `mapping:` gives it.
    pub name: &'static str,
    /// The file, from which a user may start his own.
    pub text: &'static str,
}

macro_rules! presets {
    ($($name:literal)*) => {
        &[$(Preset { name: $name, text: include_str!(concat!($name, ".yaml")) }),*]
    };
}

/// Every mapping that ships with the program, by name.
pub const PRESETS: &[Preset] = presets! {
    "assemblyai"
    "aws_transcribe"
    "azure"
    "contact_lens"
    "deepgram"
    "deepgram_agent"
    "deepgram_flux"
    "livekit"
    "native"
    "openai"
    "retell"
    "twilio"
    "vapi"
    "vapi_live"
};

/// The one of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}
