//! The tree of categories, small enough to be kept whole.

use std::collections::HashMap;

use crate::platform::base::{CategoryId, MediaId};
use crate::platform::i18n::{Said, Wording};

/// A category in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    pub id: CategoryId,
    pub parent: Option<CategoryId>,
    pub handle: String,
    pub title: String,
    /// The title in other languages.
    pub titles: Said,
    pub media: Option<MediaId>,
    /// Staff put its products in an order of their own.
    pub arranged: bool,
}

impl Branch {
    /// The title for shoppers of any language.
    pub fn wording(&self) -> Wording {
        Wording::new(self.title.as_str(), self.titles.clone())
    }
}

/// All categories, in the order in which they are shown.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    branches: Vec<Branch>,
    place: HashMap<CategoryId, usize>,
}

impl Tree {
    pub fn new(branches: Vec<Branch>) -> Tree {
        let place = branches.iter().enumerate().map(|(at, branch)| (branch.id, at)).collect();
        Tree { branches, place }
    }

    pub fn get(&self, id: CategoryId) -> Option<&Branch> {
        self.place.get(&id).map(|at| &self.branches[*at])
    }

    pub fn by_handle(&self, handle: &str) -> Option<&Branch> {
        self.branches.iter().find(|branch| branch.handle == handle)
    }

    pub fn children(&self, of: Option<CategoryId>) -> impl Iterator<Item = &Branch> {
        self.branches.iter().filter(move |branch| branch.parent == of)
    }

    pub fn all(&self) -> &[Branch] {
        &self.branches
    }

    /// From the highest level down to the category itself.
    pub fn trail(&self, id: CategoryId) -> Vec<&Branch> {
        let mut trail = Vec::new();
        let mut next = self.get(id);
        while let Some(branch) = next
            && trail.len() < 32
        {
            trail.push(branch);
            next = branch.parent.and_then(|parent| self.get(parent));
        }
        trail.reverse();
        trail
    }

    /// The category and all below it.
    pub fn with_all_below(&self, id: CategoryId) -> Vec<CategoryId> {
        let mut found = vec![id];
        let mut at = 0;
        while at < found.len() && found.len() <= self.branches.len() {
            let above = found[at];
            found.extend(self.children(Some(above)).map(|branch| branch.id));
            at += 1;
        }
        found
    }

    /// Of some categories the one that stands deepest: the most telling place of a product.
    pub fn deepest(&self, of: &[CategoryId]) -> Option<CategoryId> {
        of.iter().copied().filter(|id| self.get(*id).is_some()).max_by_key(|id| self.trail(*id).len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trails_lead_from_the_top_to_the_leaf() {
        let branch = |id, parent: Option<i64>| Branch {
            id: CategoryId(id),
            parent: parent.map(CategoryId),
            handle: format!("c-{id}"),
            title: id.to_string(),
            titles: Said::default(),
            media: None,
            arranged: false,
        };
        let tree = Tree::new(vec![branch(1, None), branch(2, Some(1)), branch(3, Some(2)), branch(4, None)]);
        let ids = |branches: Vec<&Branch>| branches.iter().map(|branch| branch.id.0).collect::<Vec<_>>();
        assert_eq!(ids(tree.trail(CategoryId(3))), [1, 2, 3]);
        assert_eq!(tree.with_all_below(CategoryId(1)), [CategoryId(1), CategoryId(2), CategoryId(3)]);
        assert_eq!(tree.deepest(&[CategoryId(4), CategoryId(2), CategoryId(9)]), Some(CategoryId(2)));
        assert_eq!(ids(tree.children(None).collect()), [1, 4]);
    }
}
