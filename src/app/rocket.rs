//! The server: state, fairings, routes, catchers.
