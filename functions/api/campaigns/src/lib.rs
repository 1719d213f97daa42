//! placeholder for cargo
