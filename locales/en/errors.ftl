# What to say of an error: message error-<code>. What is wrong, then what to do.

## Reading a file

error-empty = The file is empty. Choose the file that holds your patients, or paste the cells.
error-not-a-spreadsheet =
    { $found ->
        [html] This is a web page, whatever its name says. Open it in Excel and save it as xlsx or csv.
        [xml] This is an XML file. Open it in Excel and save it as xlsx or csv.
        [json] This is a JSON file. A saved study is opened by “Reopen a study”; patients come from a spreadsheet (xlsx, xls, ods, csv).
        [pdf] This is a PDF. Choose the spreadsheet that it was made from (xlsx, xls, ods, csv).
        [image] This is a picture. Choose a spreadsheet (xlsx, xls, ods, csv).
        [document] This is a text document. Copy its table and paste the cells, or choose a spreadsheet (xlsx, xls, ods, csv).
        [presentation] These are slides. Copy the table and paste the cells, or choose a spreadsheet (xlsx, xls, ods, csv).
        [archive] This is an archive. Unpack it, and choose the spreadsheet inside it.
        [statistical_file] This is a file of a statistics program. Export it as csv there, and choose that file.
       *[binary] This is not a spreadsheet. Choose an Excel, OpenDocument or text file (xlsx, xls, ods, csv).
    }
error-password-protected = The workbook is protected by a password. Open it in Excel, remove the password under File, Info, and save it; then choose it again.
error-corrupt = The workbook is damaged and cannot be opened ({ $detail }). Open it in Excel and save it under a new name, or save the sheet as csv.
error-one-column = Only one column was found. Choose the character that separates the columns, or check that this is the right file.
error-no-rows = There are headings but no rows under them. Choose another sheet or another header row.
error-too-large =
    The file is too large: at most { $limit } { $unit ->
        [megabytes] megabytes
        [cells] cells
       *[other] { $unit }
    } can be read. Delete the sheets, rows and columns that are not needed, and save it again.
error-no-such-sheet = There is no sheet named “{ $sheet }”. Choose one of the sheets of the workbook.
error-no-such-encoding = There is no encoding named “{ $encoding }”. Choose one of the list.
error-no-such-row = Row { $row } is not in the sheet. Choose the row that holds the headings.

## Columns

error-no-such-table = There is no sheet or file named “{ $table }”. Open it beside this one, or take it out of the columns step.
error-no-such-column = There is no column named “{ $column }” in this file. Choose the column that takes its place.
error-no-patients = No patients are left. Take back some of the exclusions, or check which columns are chosen.

## Analyses

error-no-endpoint =
    { $endpoint ->
        [pfs] Progression-free survival (PFS)
        [os] Overall survival (OS)
        [efs] Event-free survival (EFS)
        [ipfs] Progression-free survival by iRECIST (iPFS)
        [ttp] Time to progression (TTP)
        [ttr] Time to response (TTR)
        [dor] Duration of response (DoR)
        [idor] Duration of response by iRECIST (iDoR)
        [pfs2] Progression-free survival on the next therapy (PFS2)
        [time_on_treatment] Time on treatment
       *[own] “{ $endpoint }”
    } cannot be derived yet. Under Columns, choose its dates, or its time and event.
error-no-response = No column holds the best response yet. Choose it under Columns.
error-not-counted = “{ $column }” is not a column to count. Add it under Columns, or choose another.
error-no-group = “{ $column }” is not a grouping column. Add it under Columns, or choose another.
error-too-many-groups = “{ $column }” has { $groups } groups; at most { $limit } can be compared. Give some of them the same label under Columns.
error-group-is-stratum = “{ $column }” makes both the groups and the strata: within each stratum there is one group, and nothing to compare. Choose another column for one of them.
error-same-column = “{ $column }” cannot be compared with itself. Choose another column.
error-not-paired = “{ $first }” and “{ $second }” cannot be paired: both need the same two values. Choose other columns, or give their values the same labels under Columns.
error-no-subjects = No patients are left to analyse: all were left out. Look at the list of problems under Columns.
error-out-of-range =
    { $value } is outside the range of “{ $option ->
        [conf_level] Confidence level
        [landmarks] Rates at
        [draws] Random draws
        [cuts] Values
        [weights] Weights
        [least] Smallest share of patients in a group
        [p] Fleming-Harrington p
        [q] Fleming-Harrington q
        [restart] Landmark analysis from
        [tau] Restriction time of the means
        [further] … for a further
        [conditional] Conditional survival after
        [benefit_weeks] Clinical benefit from
        [statistics] Measurements shown as
        [screened] Patients screened
        [not_included] Screened but not in the file
       *[other] { $option }
    }”. { $option ->
        [conf_level] Choose a value from 0.5 to 0.999.
        [landmarks] Choose times of 0 or more.
        [weights] Choose a column that counts 10 million patients or fewer, or use it as sampling weights.
        [conditional] Choose times of 0 or more.
        [benefit_weeks] Choose 1 to 520 weeks.
        [restart] Choose a time of 0 or more.
        [tau] Choose a time above 0.
        [further] Choose a time above 0.
        [p] Choose a value from 0 to 10.
        [q] Choose a value from 0 to 10.
        [draws] Choose a number from 1,000 to 10,000,000.
        [cuts] Choose values with patients on both sides.
        [least] Choose a share from 0.01 to 0.45.
        [statistics] Choose at least one.
        [screened] There are more patients in the file.
        [not_included] Write numbers with reasons, such as “12 not eligible; 8 declined”; together they are at most the patients screened but not in the file.
       *[other] Choose another value.
    }

## Saved studies

error-not-a-study = This is not a saved study ({ $detail }). Choose a file whose name ends in .oncurve.json.
error-later-version = This study was saved by a later version of oncurve (format { $version }). Open it with that version.

## Anything else

error-unknown = Something went wrong. Choose the file again; your data stay on this computer.
