//! The table on the local stack: what `store` promises, against DynamoDB's conditions, transactions and indexes, and
//! KMS's encryption context; and the queues that `runtime` talks to.
//!
//! Every test has a table of its own, a copy of the deployed one's schema without its stream, so that the deployed
//! functions do not work on its rows. Turns are decided with invented answers: what a responder says is proved elsewhere.
//!
//! The stack is the one that `PORCHLIGHT_STACK` names; `make test` brings it up.

mod api_keys;
mod appointments;
mod approvals;
mod attachments;
mod benchmarks;
mod calendars;
mod campaign_drafts;
mod campaigns;
mod canned;
mod chat;
mod circuits;
mod commits;
mod contacts;
mod counting;
mod credentials;
mod deliveries;
mod documents;
mod doors;
mod escalations;
mod failed_sends;
mod gaps;
mod gateway;
mod google;
mod google_calendars;
mod grounded;
mod identity;
mod imports;
mod inbox;
mod insights;
mod inventory;
mod journey_updates;
mod journeys;
mod kept_answers;
mod killed;
mod knowledge;
mod leads;
mod lists;
mod merges;
mod model;
mod mortal;
mod no_show;
mod notes;
mod outbox;
mod patience;
mod people;
mod prompt_reviews;
mod prompts;
mod public_endpoints;
mod queues;
mod registry;
mod rights;
mod runs;
mod scheduler_calendars;
mod schedulers;
mod sequence_steps;
mod sequences;
mod settings;
mod sla;
mod staff;
mod stage;
mod statuses;
mod stops;
mod suggestions;
mod summaries;
mod suppressions;
mod sweeping;
mod tasks;
mod tenant_jobs;
mod timeline;
mod tomorrow;
mod training;
mod usage;
mod variant_stats;
mod vendor_credentials;
mod visits;
mod waitlist;
mod warm_turns;
mod weather;
mod webhooks;
