throttle-wait = Zu viele Versuche. Versuchen Sie es in { $count ->
    [one] einer Minute
   *[other] { $count } Minuten
} noch einmal
