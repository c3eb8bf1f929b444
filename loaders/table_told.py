"""What is told of the rows of a spreadsheet in numbers (why they were set apart, what was noticed), and of columns that are not read."""

from collections.abc import Mapping

from graph.ledger import Words

REASONS: Mapping[str, Words] = {
    "nobody": ("noemen niemand (zoals 'particulier')", "name nobody (such as 'particulier')"),
    "person": (
        "gaan over een persoon die geen organisatie is (zoals 'mw. X')",
        "are about a person who is no organisation (such as 'Mrs X')",
    ),
    "zero": (
        "hebben een bedrag van nul: een aanvraag, geen subsidie",
        "have an amount of zero: an application, no grant",
    ),
    "back": ("hebben een negatief bedrag: geld dat terugging", "have a negative amount: money that went back"),
    "doubled": ("zeggen wat een andere rij al zegt", "say what another row says already"),
    "kindless": ("zeggen niet welke band het is", "do not say which tie it is"),
    "unwanted": (
        "zeggen een band die de mapping weglaat ([relations])",
        "say a tie that the mapping leaves out ([relations])",
    ),
    "heading": (
        "zeggen niets dan een naam, zonder bedrag: een kop boven andere rijen",
        "say nothing but a name, without an amount: a heading above other rows",
    ),
    "total": ("tellen andere rijen op", "add up other rows"),
    "header": ("herhalen de namen van de kolommen", "repeat the names of the columns"),
    "under": ("staan onder de tabel", "stand under the table"),
}
NOTES: Mapping[str, Words] = {
    "differing": (
        "waarden zijn anders dan in een eerdere rij; die geldt",
        "values differ from an earlier row, which holds",
    ),
    "renumbered": (
        "namen die niet op elkaar lijken hebben één nummer (KvK, id), en zijn dus één actor met een andere naam erbij; kijk het nummer na",
        "names that are not alike have one number (register, id), and so are one actor with another name besides; look the number up",
    ),
    "namesakes": ("namen kunnen meer dan één betekenen", "names may mean more than one"),
    "returned": (
        "negatieve bedragen staan naast andere: geld dat terugging; ze zijn niet gelezen",
        "negative amounts stand beside others: money that went back; they were not read",
    ),
    "personal": (
        "actoren hadden een persoonlijk mailadres of telefoonnummer, een eigen pagina of woorden naast een nummer; dat is niet bewaard",
        "actors had a personal mail address or telephone number, a page of their own or words beside a number; it was not kept",
    ),
    "left_out": (
        "teksten hadden een persoonlijk mailadres, mobiel nummer of burgerservicenummer; dat is weggelaten (…)",
        "texts had a personal mail address, mobile number or citizen service number; it was left out (…)",
    ),
    "footnotes": (
        "namen hadden een teken van een voetnoot (*, ¹); dat is weggelaten",
        "names had the mark of a footnote (*, ¹); it was left out",
    ),
    "initials": (
        "namen lijken die van een persoon (voorletters en een naam, of t.a.v.); haal zulke rijen eruit, of geef ze een rol van soort person",
        "names look like that of a person (initials and a name, or c/o); take such rows out, or give them a role of kind person",
    ),
    "proposed": (
        "kolommen zijn gelezen zoals voorgesteld; klopt er een niet, maak dan een mapping (weefsel mapping)",
        "columns were read as proposed; if one is wrong, make a mapping (weefsel mapping)",
    ),
    "renamed": ("bladen heten anders dan in de mapping", "sheets have other names than in the mapping"),
    "hidden_rows": ("verborgen rijen zijn gelezen zoals de andere", "hidden rows were read as the others are"),
    "encoding": ("bestanden zijn gelezen als tekst van een Mac", "files were read as text of a Mac"),
    "older": (
        "bladen zijn van een ouder soort werkmap, waarin niet alles te zien is",
        "sheets are of an older sort of workbook, in which not all can be seen",
    ),
    "hidden_columns": ("verborgen kolommen zijn wel gelezen", "hidden columns were read"),
    "bare": (
        "rijen zeggen niets dan een naam; is het een kop of een opmerking, haal die dan weg",
        "rows say nothing but a name; if it is a heading or a remark, take it out",
    ),
    "several": (
        "namen lijken van meer dan één die ook apart staan; splits zulke rijen, of zet ; tussen de namen (in een mapping: separator)",
        "names seem to be of several that stand apart too; split such rows, or put ; between the names (in a mapping: separator)",
    ),
    "below": (
        "rijen staan onder een tabel, na een lege rij of bij een voetnoot: opmerkingen, of een tabel met andere kolommen (zet die op een eigen blad)",
        "rows stand under a table, after an empty row or at a footnote: remarks, or a table with other columns (put that on a sheet of its own)",
    ),
    "unread": ("kolommen of bladen zijn niet gelezen", "columns or sheets were not read"),
}
OF_A_MAC = (
    "gelezen als Mac Roman, zoals Excel op een Mac CSV bewaart. Kloppen letters als é niet, bewaar het dan als 'CSV UTF-8'.",
    "read as Mac Roman, as Excel on a Mac saves CSV. If letters such as é are wrong, save it as 'CSV UTF-8'.",
)
OLDER = (
    "van XLS en XLSB is niet te zien welke kolommen verborgen zijn, en fouten als #N/B zijn er lege cellen. Bewaar het als XLSX als die erin staan.",
    "in XLS and XLSB it cannot be seen which columns are hidden, and errors such as #N/A are empty cells. Save it as XLSX if there are any.",
)
NOT_KEPT = {
    "requested": (
        "wat gevraagd, begroot of zelf betaald is, is niet gegeven; gelezen wordt wat verleend is",
        "what was asked for, budgeted or paid by themselves is not given; what was granted is read",
    ),
    "address": (
        "adressen bewaren we niet; de plaats en de gemeente wel",
        "addresses are not kept; place and municipality are",
    ),
    "counter": ("telt rijen, en zegt niets van wie er staat", "counts rows, and says nothing of who is there"),
    "postcode": (
        "postcodes bewaren we niet; de plaats en de gemeente wel",
        "postcodes are not kept; place and municipality are",
    ),
    "sheets": (
        "noemt bladen van dit bestand, en geen organisaties",
        "names sheets of this file, and no organisations",
    ),
    "pivot": ("is van een draaitabel", "is of a pivot table"),
    "strength": (
        "hoe sterk een band is volgt uit zijn soort; zet de kolom zelf bij note als zij erbij moet",
        "how strong a tie is follows from its kind; put the column with note yourself if it is to be kept",
    ),
    "filled_in": (
        "wanneer een formulier is ingevuld; wie het invulde is een persoon",
        "when a form was filled in; whoever did that is a person",
    ),
    "bsn": (
        "burgerservicenummers mogen er niet in; haal de kolom uit het bestand",
        "citizen service numbers may not be in; delete the column from the file",
    ),
}
HIDDEN = (
    "deze kolom is verborgen; zet haar in de mapping als ze mee moet",
    "this column is hidden; put it in the mapping if it is to be read",
)
NOTHING = "geen cel zegt iets dat gelezen kan worden", "no cell says anything that can be read"
BESIDE = (
    "staat naast de eerste tabel, en lijkt van een tweede; zet die op een eigen blad, of haal de lege kolom ertussen weg als het er één is",
    "stands beside the first table, and seems of a second; put that on a sheet of its own, or delete the empty column between them if it is one",
)
MARKED_THEME = "wie een kruisje heeft, heeft dit thema", "who has a mark has this theme"
LEAVE = "vraagt toestemming, en alle rijen geven die", "asks for leave, and all rows give it"
NO_LEAVE = (
    "vraagt toestemming, en niet alle rijen geven die; haal weg wie het niet wil, of maak een mapping als het om iets anders gaat",
    "asks for leave, and not all rows give it; take out who does not want it, or make a mapping if it is about something else",
)
MATRIX = (
    "heet als een rij: zegt deze tabel wie met wie te maken heeft, maak er dan een lijst van met kolommen Van, Naar en Soort relatie",
    "is called as a row is: if this table says who has to do with whom, make a list of it with columns From, To and Type",
)
UNKNOWN = "deze kolom kennen we niet", "this column is not known"
MARKS = (
    "heeft kruisjes; zegt zij wie ergens lid van is, geef dan een band column.when (docs/tables.md)",
    "has marks; if it says who is a member of something, give a tie column.when (docs/tables.md)",
)
