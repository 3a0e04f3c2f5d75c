content-changed = Zuletzt geändert am { $name }
