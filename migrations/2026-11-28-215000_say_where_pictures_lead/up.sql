-- Redirects are no longer followed, so nothing leads on without end: such pictures are told by what the server answered.
update lost_pictures set reason = 'media-fetch-status', reason_values = '{"status": "3xx"}' where reason = 'media-fetch-hops';
