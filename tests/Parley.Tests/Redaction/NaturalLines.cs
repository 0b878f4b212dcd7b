namespace Parley.Tests.Redaction;

/// <summary>Numbers and addresses as people put them in talk: with introductions, in hundreds, repeated, spelled, or answered in between.</summary>
internal static class NaturalLines
{
    public static readonly string[] MustGo =
    [
        // A card goes although something else is named near it.
        "card for the spare part delivery is {6011111111111117} and it is urgent",
        "the card for this order is {4111111111111111} thanks",
        "pay the invoice with {4012888888881881} please",
        "please charge {four one one one one one one one one one one one one one one one} for the order",
        "die karte für die bestellung ist {4111111111111111} danke",
        "den auftrag bezahle ich mit {5555555555554444} danke",
        "la carte pour la commande c'est {4111111111111111} merci",
        "pour la facture prenez la carte {4012888888881881} merci",
        "la tarjeta para el pedido es {4111111111111111} gracias",
        "la reserva va con la tarjeta {4012888888881881} gracias",

        // Repeated digits, hundreds, separators.
        "my number is {naught seven seven naught naught nine naught naught one two three} okay",
        "my number is {zero seven seven hundred nine hundred one two three} okay",
        "my number is {oh seven seven, three zeros, four sixes, five} okay",
        "so it's {oh seven seven oh oh... nine oh oh... one two three} okay",
        "area code {four one five, then five five five, zero one three two} okay",
        "ring {0161 496 0123 extension 44} please",
        "meine nummer ist {null eins sieben sechs doppel-null vier null doppel-null vier} danke",
        "meine nummer ist {null eins sieben sechs doppelnull vier null doppelacht vier} danke",
        "meine nummer ist {null eins sieben eins zwei mal die vier sechs null null neun} danke",
        "meine nummer ist {null hunderteinundsiebzig drei neun zwei null null vier sieben} danke",
        "vorwahl ist {null zwo zwo eins, dann vier sieben eins null drei vier fünf} danke",
        "mon numéro c'est le {zéro six, deux fois le zéro, quarante-deux, dix-huit, vingt} merci",
        "mon numéro c'est le {zéro six, trois fois quatre, cinq six, vingt et un} merci",
        "indicatif {zéro zéro trente-trois, puis six douze trente-quatre cinquante-six soixante-dix-huit} merci",
        "mi número es {seis doce, dos veces el cuatro, siete ocho nueve} gracias",
        "mi número es {seis uno dos, tres ceros, nueve nueve ocho} gracias",
        "mi teléfono es {noventa y uno, quinientos treinta y cuatro, veintisiete, dieciocho, extensión cuarenta} gracias",

        // Spelled account numbers.
        "the iban goes {G B eighty-two, whisky echo sierra tango, twelve thirty-four fifty-six, nine eight seven six five four three two} okay",
        "die iban ist {Dora Emil neunundachtzig siebenunddreißig null vier null null vierundvierzig null fünf zweiunddreißig null eins dreißig null null} danke",

        // Numbers at the end of an address's name.
        "it is {ana twenty-one at example dot com} thanks",
        "it is {ana dot lima ninety one at example dot com} thanks",
        "it is {a dot l dot smith at example dot com} thanks",
        "schreib an {ana unterstrich lima einundneunzig at beispiel punkt de} danke",
        "schreib an {ana einundneunzig ät beispiel punkt de} danke",
        "écris à {ana point lima quatre-vingt-onze arobase exemple point fr} merci",
        "écris à {ana tiret lima soixante et onze arobase exemple point fr} merci",
        "écris à {ana tiret du bas lima arobase exemple point fr} merci",
        "escribe a {ana guion bajo lima noventa y uno arroba ejemplo punto com} gracias",
        "escribe a {ana treinta y cuatro arroba ejemplo punto com} gracias",
    ];

    /// <summary>Found in whole texts; chunks may be cut so that a part of them is told too late.</summary>
    public static readonly string[] MustGoWhole =
    [
        "it's {G B eight two, W for whisky, E for echo, S for sugar, T as in Tom, one two three four five six nine eight seven six five four three two} okay",
        "die iban ist {d wie dora e wie emil acht neun drei sieben null vier null null vier vier null fünf drei zwo null eins drei null null null} danke",
        "l'iban {F comme François R comme Raoul quatorze vingt zéro quatre dix dix zéro cinq zéro cinq zéro zéro zéro un trois M zéro deux six zéro six} merci",
        "el iban {E de España S de Sevilla noventa y uno dos uno cero cero cero cuatro uno ocho cuatro cinco cero dos cero cero cero cinco uno tres tres dos} gracias",

        // Another speaker answers in between.
        "Agent: Your number? Customer: {zero seven seven double oh. Agent: Mm-hm. Customer: nine double oh, one two three}. Agent: Lovely.",
        "Agent: The card? Caller: {four one one one. Agent: Okay. Caller: one one one one. Agent: Go on. Caller: one one one one, one one one one}. Agent: Thanks.",
        "Berater: Ihre Nummer? Kundin: {null eins sieben eins. Berater: Ja. Kundin: drei neun zwei, null null vier sieben}. Berater: Danke.",
        "Conseillère : Votre numéro ? Client : {zéro six, douze. Conseillère : Oui. Client : trente-quatre, cinquante-six, soixante-dix-huit}. Conseillère : Merci.",
        "Agente: ¿Su teléfono? Cliente: {seis uno dos. Agente: Sí, dígame. Cliente: tres cuatro cinco, seis siete ocho}. Agente: Gracias.",
    ];

    public static readonly string[] MustStay =
    [
        "order number 4111111111111111 was shipped",
        "die bestellnummer lautet 4111111111111111",
        "la commande numéro 4111111111111111 est partie",
        "el pedido número 4111111111111111 ya salió",
        "Kim: It was 250. Lee: Really? Kim: 300 on Monday.",
        "we have alpha bravo charlie on the whiteboard and golf at nine",
        "charlie bravo nine nine, over",
        "die vorwahl von berlin ist 030",
        "area code for leeds is 0113",
        "l'indicatif de la belgique c'est le 32",
        "el prefijo de madrid es el 91",
        "zweimal die sechs, dreimal die fünf und viermal die eins",
        "zwei mal drei ist sechs und vier mal fünf ist zwanzig",
        "j'ai fait deux fois le six et trois fois le quatre",
        "saqué dos veces el seis y tres veces el cuatro",
        "the big ones are at the back and the two small ones in front",
        "ten twenty thirty forty fifty sixty, the kids counted",
        "der code endet auf drei nullen und kostet nichts",
    ];

    /// <summary>Known in whole texts; where chunks are cut within them, more is taken than need be.</summary>
    public static readonly string[] MustStayWhole =
    [
        "Agent: Order number? Caller: Four four seven one. Agent: Yes. Caller: oh nine two two one. Agent: Thanks.",
        "at the auction it went 1500 1600 1700 1800 sold",
    ];
}
