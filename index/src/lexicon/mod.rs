//! Technologies, companies and certificates by name, and where a text names them.
