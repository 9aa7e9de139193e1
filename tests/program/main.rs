//! The program: its commands, its processes side by side, and what it does to databases of both engines.

#[path = "../common/engines.rs"]
mod engines;
#[path = "../common/files.rs"]
mod files;

mod backup;
mod cli;
mod clock;
mod compact;
mod doctor;
mod processes;
