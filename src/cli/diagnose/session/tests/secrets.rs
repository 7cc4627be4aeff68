//! Whatever holds a secret in whatever form: nothing of it comes out.
