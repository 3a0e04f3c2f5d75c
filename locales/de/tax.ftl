tax-twice = { $country } steht zweimal in der Tabelle
tax-unnamed = Die Steuer von { $country } braucht einen Namen, wie er auf Rechnungen steht
tax-out-of-range = Der Satz von { $country } muss zwischen 0 und 100 % liegen
