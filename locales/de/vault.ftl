vault-no-newer-key = BARROW_KEYS nennt keinen neueren Schlüssel als den verwendeten; fügen Sie einen hinzu, zum Beispiel { $key }
vault-busy = Die Schlüssel werden gerade schon gewechselt
