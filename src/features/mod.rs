//! Rooms that people visit. Lowest room first.
