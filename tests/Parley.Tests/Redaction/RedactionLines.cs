namespace Parley.Tests.Redaction;

/// <summary>Sentences with what must go in braces, and sentences of which everything stays.</summary>
internal static class RedactionLines
{
    public static readonly string[] MustGo =
    [
        // Cards.
        "my card is {4111 1111 uh 1111 1111} thanks",
        "it's {four two, uh, four two, four two four two, four two four two, four two four two} okay then",
        "the card is {forty-two forty-two forty-two forty-two forty-two forty-two forty-two forty-two} thanks",
        "it is {four triple one, double one double one, one one one one, one one one one} and that's it",
        "it's {forty one eleven, eleven eleven, eleven eleven, eleven eleven} and that's it",
        "card number {5500 0000 0000 0004} please",
        "meine kartennummer ist {zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig} bitte",
        "die karte ist {vier eins eins eins, äh, eins eins eins eins eins eins eins eins eins eins eins eins} danke",
        "ma carte c'est le {quarante et un onze onze onze onze onze onze onze} merci",
        "mi tarjeta es {cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos} gracias",
        "the cvv is {123} on the back",
        "le cryptogramme est {quatre cinq six} merci",
        "die prüfnummer lautet {acht null drei} genau",

        "my card is {4111 1111 1111, and then 1111} thanks",
        "die karte ist {4111 1111 1111, ähm, und dann 1111} danke",
        "ma carte c'est {4111 1111 1111, et puis 1111} merci",
        "mi tarjeta es {4111 1111 1111, este, y luego 1111} gracias",

        // Phones.
        "you can reach me at {555-1234} tonight",
        "you can reach me at {(555) 123-4567} tonight",
        "my number is {5 5 5, uh, 1 2 3, uh, 4 5 6 7} thanks",
        "call me on {plus four four two zero seven one eight three eight seven five zero} please",
        "call me on {oh two oh seven one eight three eight seven five oh} please",
        "my number is {five double seven, four oh three nine} if you need me",
        "dial {1-800-555-0199} now",
        "dial {one eight hundred five five five oh one nine nine} now",
        "{415-555-0132} is my number by the way",
        "meine nummer ist {null eins sieben sechs, äh, zwölf vierunddreißig sechsundfünfzig sieben} bitte",
        "ruf mich unter {0176 12345678} an",
        "sie erreichen uns unter {null dreißig, zwölf vierunddreißig sechsundfünfzig} am vormittag",
        "mon numéro est le {zéro six douze trente-quatre cinquante-six soixante-dix-huit} merci",
        "appelez le {zéro un quarante-deux, euh, quatre-vingt-dix-sept soixante et onze quatre-vingts} ce soir",
        "rappelez-moi au {06 12 34 56 78} ce soir",
        "mi número es {seis uno dos tres cuatro cinco seis siete ocho} gracias",
        "mi móvil es {seiscientos doce, trescientos cuarenta y cinco, seiscientos setenta y ocho} gracias",
        "llámame al {612 34 56 78} mañana",

        // Accounts.
        "my account number is {12345678} there",
        "sort code {20-30-40} and that's it",
        "the sort code is {two zero, three zero, four zero} okay",
        "meine kontonummer ist {1234567} bei der bank",
        "die bankleitzahl ist {370 400 44} glaube ich",
        "mon numéro de compte est {00012345678} voilà",
        "mi número de cuenta es {0418 4502} gracias",
        "the iban is {DE89 3704 0044 0532 0130 00} okay",
        "i b a n {D E eight nine three seven zero four zero zero four four zero five three two zero one three zero zero zero} okay",
        "die iban ist {D E neunundachtzig siebenunddreißig null vier null null vierundvierzig null fünf zweiunddreißig null eins dreißig null null} danke",

        // Identities.
        "mi dni es {12345678} gracias",
        "my social is {123-45-6789} okay",
        "my social security number is {one two three, four five, six seven eight nine} okay",

        // Addresses.
        "write to {ana dot lima at example dot com} please",
        "write to {sarah dot lima, at, example dot com} please",
        "write to {ana underscore lima forty two at example dot com} please",
        "write to {j dot lima at my company dot co dot uk} please",
        "schreib an {info ät müller minus bau punkt com} bitte",
        "write to {jane underscore doe at g mail dot com} please",
        "schreib an {ana punkt lima ät beispiel punkt de} bitte",
        "schreib an {ana punkt lima at web punkt d e} bitte",
        "écris à {ana point lima arobase exemple point fr} merci",
        "écris à {ana tiret bas lima arobase exemple point com} merci",
        "escribe a {ana punto lima arroba ejemplo punto com} gracias",
        "escribe a {ana guion bajo lima arroba ejemplo punto es} gracias",
    ];

    public static readonly string[] MustStay =
    [
        // English.
        "the build took place on 2024-01-15 12 in the morning",
        "order number 10023456 was shipped",
        "order number one zero zero two three four five six seven was shipped",
        "we saw latencies of 250 300 1000 milliseconds",
        "the timestamp was 1734567890123 in the log",
        "the score is 0.250750683890174 exactly",
        "revenue was 1,234,567,890 dollars last year",
        "the address is 192.168.100.200 on the router",
        "between 1990-2000 and 2010-2020 it doubled",
        "one two three four five six seven eight nine ten, the kids counted",
        "ten, nine, eight, seven, six, five, four, three, two, one, zero, lift off",
        "version 10.0.26100.4652 is installed",
        "your tracking number is 4829 1034 8871 and it left today",
        "part number 123-456-789 is out of stock",
        "pi is three point one four one five nine two six five three",
        "it cost two hundred fifty million dollars",
        "at this point we have two of them, and at that point one",
        "look at example dot com for the list",
        "we were at one, two or three of them",
        "10023456 is the order number",
        "it sold 123 456 789 copies",
        "we ran intervals of 400, 800, 1200, 1600 and 800 meters",
        "our fiscal 2023 2024 and 2025 budgets are done",
        "he scored 21 19, 18 21, 21 15 in the final",
        "one, two, three, testing, one, two, three",
        "ticket numbers 100234, 100235 and 100236 are duplicates",

        // German.
        "die bestellnummer lautet 4711 0815 33 und sie kommt morgen",
        "wir treffen uns am 12.05.2024 um 10:30 in raum 12",
        "der umsatz war 1.234.567.890 euro im letzten jahr",
        "eins zwei drei vier fünf sechs sieben acht neun zehn, ich komme",
        "die messwerte waren 250, 300, 1000 und 1200 millisekunden",
        "die losnummer ist 302 887 4411",
        "die seriennummer ist null null vier sieben eins eins null acht eins fünf",
        "es waren zweihundertfünfzig millionen menschen",

        // French.
        "la commande numéro 4587 1236 99 est partie",
        "la population est de 67 123 456 habitants",
        "un deux trois quatre cinq six sept huit neuf dix, j'arrive",
        "dix neuf huit sept six cinq quatre trois deux un bonne année à tous",
        "le numéro de colis c'est six a zéro un huit sept trois quatre cinq deux un neuf",
        "il y a un problème et deux ou trois solutions",
        "la pièce détachée a la référence 77 01 20 59 63",
        "l'affaire a coûté deux millions trois cent mille euros",
        "le dossier 2024-000-123-456 est ouvert",

        // Spanish.
        "el pedido número 123456789 ya salió",
        "la población es de 47 123 456 habitantes",
        "uno dos tres cuatro cinco seis siete ocho nueve diez, ya voy",
        "el contador marca cero cuatro cinco nueve ocho uno dos",
        "el código de barras es 8412345678905",
        "dos o tres personas y una más",
        "la referencia es 987 654 321 y nada más",
    ];

    /// <summary>Returns the lines for a theory.</summary>
    public static TheoryData<string> Data(IEnumerable<string> lines) => new(lines);
}
