//! Work and mail that got stuck.

use crate::app::books::model::Rule;

pub const ERRANDS: [Rule; 3] = [
    Rule {
        id: "jobs-failed",
        query: "select t.identifier || ' (' || left(coalesce(j.last_error, ''), 80) || ')' as name from graphile_worker._private_jobs j \
            join graphile_worker._private_tasks t on t.id = j.task_id where j.attempts >= j.max_attempts order by j.id",
    },
    Rule {
        id: "jobs-late",
        query: "select t.identifier as name from graphile_worker._private_jobs j \
            join graphile_worker._private_tasks t on t.id = j.task_id \
            where j.attempts < j.max_attempts and j.locked_at is null and j.run_at < now() - interval '10 minutes' order by j.id",
    },
    Rule {
        id: "mail",
        query: "select 'to ' || recipient as name from mails where state = 'failed' and created_at > now() - interval '30 days' order by id desc",
    },
];
