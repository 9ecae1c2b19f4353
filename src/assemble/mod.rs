//! Turns → conversations.
