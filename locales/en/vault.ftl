vault-no-newer-key = BARROW_KEYS names no key newer than the one in use; add one, for example { $key }
vault-busy = Another rotation is going on
