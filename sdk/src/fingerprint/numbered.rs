/// Names for what is sent under names of a program's choice: the values of one name count in their order, and as often as they are given, as
/// servers read them. (A scope is a set, and needs none.)
#[derive(Default)]
pub(crate) struct Numbered<'a>(Vec<&'a str>);

impl<'a> Numbered<'a> {
    /// The name for the next value of this one. No two lists of names and values come out the same.
    pub(crate) fn next(&mut self, name: &'a str) -> String {
        let Self(known) = self;
        let before = known.iter().filter(|known| **known == name).count();
        known.push(name);
        if before == 0 { format!("parameter {name}") } else { format!("parameter, {before} before: {name}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fingerprint::Fingerprint;

    #[test]
    fn the_values_of_a_name_have_an_order_and_names_have_none() {
        let of = |pairs: &[(&str, &str)]| {
            let mut numbered = Numbered::default();
            let all = pairs.iter().fold(Fingerprint::builder(), |all, (name, value)| {
                let name = numbered.next(name);
                all.parameter(name, value)
            });
            all.build()
        };
        assert_eq!(of(&[("a", "1"), ("b", "1"), ("a", "2")]), of(&[("b", "1"), ("a", "1"), ("a", "2")]));
        let different = [
            of(&[]),
            of(&[("a", "1")]),
            of(&[("a", "1"), ("a", "1")]),
            of(&[("a", "1"), ("a", "2")]),
            of(&[("a", "2"), ("a", "1")]),
            of(&[("a", "1"), ("a", "1"), ("a", "2")]),
            of(&[("a", "1"), (", 1 before: a", "2")]),
        ];
        for (place, one) in different.iter().enumerate() {
            assert!(!different[..place].contains(one), "{place}");
        }
    }
}
