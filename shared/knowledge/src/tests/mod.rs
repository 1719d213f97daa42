//! What needs more than one file.

mod businesses;
