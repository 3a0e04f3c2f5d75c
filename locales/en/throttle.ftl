throttle-wait = Too many attempts. Try again in { $count ->
    [one] one minute
   *[other] { $count } minutes
}
