//! Know ids and amounts, not products. Lowest room first.
