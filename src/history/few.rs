//! A handful of things, the last used first; one too many drops the last.

/// At most `N`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Few<T, const N: usize>([Option<T>; N]);

impl<T: Copy, const N: usize> Few<T, N> {
    pub const NONE: Self = Self([None; N]);

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flatten()
    }

    /// Moves the one that fits to the front.
    pub fn find(&mut self, fits: impl FnMut(&T) -> bool) -> Option<&mut T> {
        let at = self.iter().position(fits)?;
        if at > 0 {
            self.0[..=at].rotate_right(1);
        }
        self.0[0].as_mut()
    }

    /// Puts it to the front; what falls out at the end is returned.
    pub fn push(&mut self, item: T) -> Option<T> {
        let out = self.0[N - 1];
        self.0.copy_within(..N - 1, 1);
        self.0[0] = Some(item);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_that_was_used_longest_ago_falls_out() {
        let mut few: Few<u8, 3> = Few::NONE;
        assert_eq!((few.push(1), few.push(2), few.push(3)), (None, None, None));
        assert_eq!(few.find(|item| *item == 1), Some(&mut 1));
        assert_eq!(few.push(4), Some(2));
        assert_eq!(few.iter().copied().collect::<Vec<_>>(), [4, 1, 3]);
        assert_eq!(few.find(|item| *item == 2), None);
    }
}
