//! The built-in responder.
