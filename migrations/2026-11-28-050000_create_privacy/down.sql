drop table consents, third_parties, privacy_requests, data_downloads, retention_times;
