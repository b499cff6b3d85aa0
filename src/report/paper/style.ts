/** How the paper looks: two columns on A4, in the fonts that the compiler brings with it. */
import { type Inserted, inserted, joined, literal, type Typst, typst } from './typst.ts';

export interface PaperHead {
  readonly title: string;
  readonly author: string;
  readonly keywords: readonly string[];
  /** Above every page but the first. */
  readonly runningHead: string;
  /** What was studied with, below the title. */
  readonly origin: Inserted;
  readonly abstract: Typst;
}

const RULES = `
#set page(paper: "a4", columns: 2, margin: (x: 1.7cm, top: 2.1cm, bottom: 1.9cm), header-ascent: 0.35cm)
#set columns(gutter: 0.65cm)
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 9.5pt, lang: "en")
#set par(justify: true, leading: 0.54em, spacing: 0.54em, first-line-indent: 1em)
#set heading(numbering: "1.1")
#show heading: set text(hyphenate: false)
#show heading.where(level: 1): set text(size: 11.5pt)
#show heading.where(level: 1): set block(above: 1.25em, below: 0.65em)
#show heading.where(level: 2): set text(size: 10pt)
#show heading.where(level: 2): set block(above: 1.05em, below: 0.55em)
#set math.equation(numbering: "(1)")
#show math.equation.where(block: true): set block(above: 0.75em, below: 0.75em)
#set figure(gap: 0.6em)
#set place(clearance: 1.2em)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure: set block(breakable: false)
#show figure.caption: it => block(width: 100%, {
  set par(justify: true, leading: 0.48em, first-line-indent: 0em)
  set text(size: 8.4pt)
  set align(left)
  strong[#it.supplement #context it.counter.display(it.numbering).]
  [ ]
  it.body
})
#set table(stroke: none, inset: (x: 0.32em, y: 0.27em))
#show table: set text(size: 8.2pt, hyphenate: false)
#show table: set par(justify: false, leading: 0.42em, first-line-indent: 0em)
#show terms.item: it => par(first-line-indent: 0em, hanging-indent: 1em)[*#it.term.* #it.description]
#let ci(low, high) = box(text(0.86em, fill: luma(35%))[[#low, #high]])
#let rule(weight) = table.hline(stroke: weight + black)
`;

/** The paper's source: rules, title over both columns, and the sections. */
export function documentSource(head: PaperHead, body: Typst): string {
  const keywords = head.keywords.map((word) => `${literal(word)},`).join(' ');
  return joined([
    {
      source: `#set document(title: ${literal(head.title)}, author: ${literal(head.author)}, keywords: (${keywords}), date: none)`,
    },
    { source: RULES },
    typst`#set page(
  header: context if counter(page).get().first() > 1 {
    set text(8.4pt, style: "italic")
    [${head.runningHead} #h(1fr) #counter(page).display()]
    v(-0.45em)
    line(length: 100%, stroke: 0.4pt)
  },
  footer: context if counter(page).get().first() == 1 {
    align(center, text(8.4pt, counter(page).display()))
  },
)
`,
    titleBlock(head),
    body,
  ]).source;
}

const titleBlock = ({ title, origin, abstract }: PaperHead): Typst => typst`
#place(top + center, scope: "parent", float: true, clearance: 1.6em, {
  set par(first-line-indent: 0em)
  v(0.2em)
  block(width: 88%, {
    set par(justify: false, leading: 0.45em)
    text(17pt, weight: "bold", hyphenate: false)[${title}]
  })
  v(0.1em)
  block(width: 92%, text(9pt, style: "italic", hyphenate: false)[${inserted(origin)}])
  v(0.5em)
  block(width: 88%, {
    set align(left)
    set text(9.1pt)
    [*Abstract.* ${abstract}]
  })
})

`;
