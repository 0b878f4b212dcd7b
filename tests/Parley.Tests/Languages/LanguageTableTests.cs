using Parley.Languages;

namespace Parley.Tests.Languages;

public class LanguageTableTests
{
    [Theory]
    [InlineData("en", "ok so we have to send the offer to the client by friday")]
    [InlineData("de", "wir müssen bis freitag das angebot an den kunden schicken")]
    [InlineData("fr", "il faut envoyer le devis au client avant vendredi")]
    [InlineData("fr", "c’est d’accord, on prend l’offre qu’il nous a envoyée")]
    [InlineData("es", "tenemos que enviar el presupuesto al cliente antes del viernes")]
    [InlineData("pt", "então vamos enviar o orçamento ao cliente até sexta-feira, e você pode terminar isso")]
    [InlineData("it", "buongiorno a tutti, dobbiamo mandare il preventivo al cliente entro venerdì, poi mi occupo io della presentazione")]
    [InlineData("nl", "we moeten de offerte voor vrijdag naar de klant sturen")]
    [InlineData("ja", "金曜日までに見積もりをお客様に送らなければなりません。")]
    [InlineData("zh", "我们必须在星期五之前把报价发给客户。")]
    public void A_sentence_tells_its_language(string code, string text) => Assert.Equal(code, LanguageTable.BuiltIn.Detect(text));

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("hm hm hm yeah ok")]
    [InlineData("Müller Schmidt Hamburg Berlin GmbH")]
    [InlineData("lorem ipsum dolor sit amet consectetur adipiscing elit")]
    [InlineData("ho ho ho ho ho ho")]
    [InlineData("12 34 56 !? \uD83D")]
    public void What_is_not_clear_stays_unknown(string text) => Assert.Null(LanguageTable.BuiltIn.Detect(text));

    [Theory]
    [InlineData("мы должны отправить предложение клиенту до пятницы")]
    [InlineData("금요일까지 고객에게 견적서를 보내야 합니다")]
    [InlineData("يجب أن نرسل العرض إلى العميل قبل يوم الجمعة")]
    [InlineData(
        "musimy wysłać ofertę do klienta do piątku a ja zajmę się prezentacją potem wybieramy drugą propozycję tak będzie najlepiej dla "
        + "wszystkich ile to właściwie kosztuje i kiedy możemy zacząć myślę że to zajmie około dwóch tygodni")]
    [InlineData(
        "vi måste skicka offerten till kunden på fredag och jag tar hand om presentationen sedan väljer vi det andra förslaget det är "
        + "bäst för alla vad kostar det egentligen och när kan vi börja med arbetet")]
    public void What_cannot_be_english_is_another_language(string text) =>
        Assert.Equal(LanguageTag.Undetermined, LanguageTable.BuiltIn.Detect(text));

    [Fact]
    public void Every_built_in_language_has_all_its_texts_and_a_way_to_be_recognised()
    {
        Assert.Equal(["en", "de", "fr", "es", "pt", "it", "nl", "ja", "zh"], LanguageTable.BuiltIn.All.Select(language => language.Code));
        Assert.All(LanguageTable.BuiltIn.All, language => Assert.True(language.Words.Count > 100 || language.Letters is not null));
        Assert.Equal(9, LanguageTable.BuiltIn.All.Select(language => language.Decisions).Distinct().Count());
    }

    [Theory]
    [InlineData("de", "de-AT")]
    [InlineData("de", "DE")]
    [InlineData("de", "german")]
    [InlineData("pt", "pt_BR")]
    [InlineData("zh", "cmn-Hans-CN")]
    [InlineData("sv", "sv-SE")]
    [InlineData(null, "und")]
    [InlineData(null, "klingon")]
    [InlineData(null, "")]
    [InlineData(null, null)]
    public void Recognisers_name_languages_in_several_ways(string? code, string? name) =>
        Assert.Equal(code, LanguageTable.BuiltIn.CodeOf(name));

    [Fact]
    public void A_language_that_is_not_known_has_english_texts_and_its_code_as_its_name()
    {
        var swedish = LanguageTable.BuiltIn.For("sv");
        Assert.Equal(("sv", "the language with the code \"sv\"", false), (swedish.Code, swedish.Name, swedish.HasIntents));
        Assert.Equal("Key decisions made", swedish.Decisions);
        Assert.Same(LanguageTable.English, LanguageTable.BuiltIn.For(null));
    }

    [Fact]
    public void A_file_adds_a_language()
    {
        var languages = LanguageTable.BuiltIn.With(Language.Parse(LanguageJsonTests.Swedish));
        Assert.Equal("sv", languages.Detect("vi måste skicka offerten till kunden på fredag och det är inte klart"));
        Assert.Equal("Beslut", languages.For("sv").Decisions);
        Assert.Equal("de", languages.Detect("wir müssen bis freitag das angebot an den kunden schicken"));
        Assert.Null(LanguageTable.BuiltIn.Detect("vi måste skicka offerten till kunden på fredag och det är inte klart"));
    }

    [Theory]
    [InlineData("de", true)]
    [InlineData("pt-BR", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("d", false)]
    [InlineData("german", false)]
    [InlineData("de_AT", false)]
    [InlineData("de-", false)]
    [InlineData("de-überlang", false)]
    [InlineData("", false)]
    [InlineData("de-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd", false)]
    public void A_tag_is_as_bcp_47_has_it(string tag, bool isTag) => Assert.Equal(isTag, LanguageTag.IsTag(tag));
}
