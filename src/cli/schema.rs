//! `shokureki schema`.

use super::Outcome;

pub(super) fn run() -> anyhow::Result<Outcome> {
    print!("{}", crate::graphql::sdl());
    Ok(Outcome::Done)
}
