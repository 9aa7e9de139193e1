//! What survives: the real program, killed, cut off, damaged, restarted, and run several times over
//! one database.
//!
//! `docs/durability.md` says what is promised; each promise is a test here. Cases on PostgreSQL run
//! when `TEST_POSTGRES_URL` names a database whose user may create others.

#[path = "../common/files.rs"]
mod files;
#[path = "../common/socket.rs"]
mod socket;

mod damage;
mod disk;
mod engines;
mod erasures;
mod import_jobs;
mod kills;
mod outage;
mod proxy;
mod rolling;
mod several_servers;
mod support;
mod versions;
