pricing-too-much = So viel kann eine einzelne Bestellung nicht kosten. Teilen Sie sie auf mehrere auf.
pricing-nonsense = Die Preise dieser Bestellung gehen nicht auf; es wurde nichts berechnet
