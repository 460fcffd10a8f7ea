use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};

/// The trait with names where reserved words stand in place of names: `r#type` for `type`.
///
/// Before a macro is called the compiler has parsed the trait, and reported such a word with its cure. It would report it again if it got it
/// back, and the trait could not be read.
pub(super) fn with_names(item: TokenStream) -> TokenStream {
    let named = named(item.clone());
    // What is built anew has lost a little of where it stood.
    if named.to_string() == item.to_string() { item } else { named }
}

fn named(item: TokenStream) -> TokenStream {
    let mut is_name = false;
    item.into_iter()
        .map(|token| match token {
            TokenTree::Ident(ident) => {
                let named = if is_name { name_for(&ident) } else { None };
                is_name = ident == "trait";
                TokenTree::Ident(named.unwrap_or(ident))
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                TokenTree::Group(rebuilt(&group, methods(group.stream())))
            }
            other => other,
        })
        .collect()
}

/// The items of the trait: after `fn` comes a name, and then, outside of `<..>`, the arguments.
fn methods(items: TokenStream) -> TokenStream {
    let mut after_fn = After::Other;
    let mut angles = Angles::default();
    items
        .into_iter()
        .map(|token| {
            angles.see(&token);
            match (token, after_fn) {
                (TokenTree::Ident(ident), After::Fn) => {
                    after_fn = After::Name;
                    TokenTree::Ident(name_for(&ident).unwrap_or(ident))
                }
                (TokenTree::Ident(ident), After::Other) if ident == "fn" => {
                    after_fn = After::Fn;
                    angles = Angles::default();
                    TokenTree::Ident(ident)
                }
                (TokenTree::Group(group), After::Name)
                    if group.delimiter() == Delimiter::Parenthesis && angles.is_outside() =>
                {
                    after_fn = After::Other;
                    TokenTree::Group(rebuilt(&group, arguments(group.stream())))
                }
                // The type of a function has no name.
                (other, After::Fn) => {
                    after_fn = After::Other;
                    other
                }
                (other, _) => other,
            }
        })
        .collect()
}

#[derive(Clone, Copy)]
enum After {
    Fn,
    Name,
    Other,
}

/// `type: &str`: a word at the beginning of an argument, with one colon behind it.
fn arguments(tokens: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut angles = Angles::default();
    let mut is_first = true;
    let mut named = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        angles.see(token);
        let is_named = is_first && is_colon(tokens.get(index + 1));
        match token {
            TokenTree::Ident(ident) if is_named && ident != "self" => {
                named.push(TokenTree::Ident(name_for(ident).unwrap_or_else(|| ident.clone())));
            }
            other => named.push(other.clone()),
        }
        is_first = match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => angles.is_outside(),
            // Attributes stand before it.
            TokenTree::Punct(punct) => is_first && punct.as_char() == '#',
            TokenTree::Group(group) => is_first && group.delimiter() == Delimiter::Bracket,
            _ => false,
        };
    }
    named.into_iter().collect()
}

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Alone)
}

/// How deep in `<..>` a token stands; the `>` of `->` ends none.
#[derive(Default)]
struct Angles {
    depth: usize,
    is_after_dash: bool,
}

impl Angles {
    fn see(&mut self, token: &TokenTree) {
        let char = if let TokenTree::Punct(punct) = token { punct.as_char() } else { ' ' };
        match char {
            '<' => self.depth += 1,
            '>' if !self.is_after_dash => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.is_after_dash = char == '-';
    }

    fn is_outside(&self) -> bool {
        self.depth == 0
    }
}

/// `None` for what is a name already.
fn name_for(word: &Ident) -> Option<Ident> {
    let text = word.to_string();
    match text.as_str() {
        "_" => None,
        // These cannot be raw.
        "self" | "Self" | "super" | "crate" => Some(Ident::new(&format!("{text}_"), word.span())),
        // Reserved since 2024, which is newer than syn's list; the same name in every edition.
        "gen" => Some(Ident::new_raw("gen", word.span())),
        _ if syn::parse2::<Ident>(TokenTree::Ident(word.clone()).into()).is_err() => {
            Some(Ident::new_raw(&text, word.span()))
        }
        _ => None,
    }
}

/// With its delimiters where they were.
fn rebuilt(group: &Group, stream: TokenStream) -> Group {
    let mut rebuilt = Group::new(group.delimiter(), stream);
    rebuilt.set_span(group.span());
    rebuilt
}
