# All analyses at once.

page-all-analyses = All analyses
page-all-analyses-note = Everything that the columns allow, in the order of a paper. What is on the page stays.
page-all-added = { $added ->
    [one] { $added } analysis is added
   *[other] { $added } analyses are added
  }, in the order of a paper.
page-all-ordered = Every analysis was on the page. They stand in the order of a paper now.
page-all-there = Every analysis that the columns allow is on the page, in the order of a paper.
page-contents = Contents
