update lost_pictures set reason = 'media-fetch-hops', reason_values = '{}'
    where reason = 'media-fetch-redirected' or (reason = 'media-fetch-status' and reason_values ->> 'status' = '3xx');
