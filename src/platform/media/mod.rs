//! Pictures: kept by content, made in several widths.
//! Owns: media
