content-changed = Last changed on { $name }
