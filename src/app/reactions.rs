//! Who answers which news: one page, and each answer is a job.
