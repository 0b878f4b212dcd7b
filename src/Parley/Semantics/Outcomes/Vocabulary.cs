namespace Parley.Semantics.Outcomes;

/// <summary>The English words that the rules go by. Each list says one thing about a word, and is meant to be read and edited.</summary>
internal static class Vocabulary
{
    /// <summary>What makes a sentence a plan, a story or a guess, standing before it.</summary>
    public static readonly HashSet<string> Conditions = Lists.Words("if unless whether suppose supposing assume assuming when whenever "
        + "once until wish imagine");

    /// <summary>Words that introduce reported speech.</summary>
    public static readonly HashSet<string> Reports = Lists.Words(
        "said says say saying told tell thought wrote writes claims claimed heard apparently supposedly asked asks asking quote "
            + "supposed was were would could might used sometimes usually "
            + "always often typically "
        + "normally every whatever what which who how why where");

    /// <summary>Doubt.</summary>
    public static readonly HashSet<string> Hedges = Lists.Words(
        "maybe perhaps probably possibly might could would hopefully guess wonder wondering suggest suggesting propose thinking "
            + "ideally either or");

    /// <summary>What makes nothing of what follows.</summary>
    public static readonly HashSet<string> Negations = Lists.Words(
        "not never won't don't doesn't didn't can't cannot couldn't shouldn't wouldn't haven't hasn't isn't aren't wasn't no neither "
            + "nor nobody without hardly");

    /// <summary>What may stand between a subject and its verb and changes nothing.</summary>
    public static readonly HashSet<string> Adverbs = Lists.Words(
        "also just then definitely certainly gladly happily quickly personally still first now immediately please both all guys "
            + "kindly already simply");

    /// <summary>The same of several words.</summary>
    public static readonly string[][] AdverbPhrases = Lists.Phrases("have to|need to|try to|try and|go ahead and|be sure to|"
        + "make sure to|at least|right away|as well|be happy to|be glad to");

    /// <summary>How people take a proposal as settled before they say it again.</summary>
    public static readonly HashSet<string> Closures = Lists.Words("okay good great fine right alright perfect then settled deal "
        + "excellent agreed therefore");

    /// <summary>What may stand before the first word that counts.</summary>
    public static readonly HashSet<string> Openers = Lists.Words(
        "so and but well oh now all okay good great fine right alright perfect then yes yeah yep sure no excellent thanks too hey "
            + "guys cool course");

    /// <summary>Words that say nothing of what is to be done.</summary>
    public static readonly HashSet<string> Empty = Lists.Words(
        "i me my mine you your yours he him his she her hers it its we us our ours they them their theirs this that these those there "
            + "here who what which "
        + "a an the some any all both each every other another such same of in on at to for from with by about into onto over under up "
        + "down out off through "
        + "back around as than then so and or but because if when while that's it's i'm is are was were be been being am do does did "
        + "done have has had "
        + "will would can could should may might must shall not no yes too also just only even very really quite well okay again now "
        + "later soon today "
        + "thing things stuff something anything everything nothing somebody someone anybody anyone everybody everyone one ones lot "
        + "lots bit way kind sort "
        + "please thanks maybe probably together away more less much many little few first next last else ever still already yet sure "
        + "right good "
        + "bye hello hi like know think mean see get got getting go going come want wanted need needs");

    /// <summary>Verbs of tasks: who says that they will do this means work after the talk.</summary>
    public static readonly Dictionary<string, string[][]> Tasks = Lists.ByFirstWord(
        "send|resend|forward|email|mail|write|write up|write down|rewrite|draft|call|phone|ring|ask|book|order|prepare|schedule|"
            + "reschedule|arrange|organize|organise|"
        + "fix|change|update|upload|download|install|reinstall|test|review|finish|complete|add|remove|delete|create|contact|invite|"
        + "submit|sign|renew|buy|"
        + "print|translate|confirm|cancel|inform|notify|remind|ping|circulate|distribute|publish|post|share|deliver|deploy|verify|"
        + "document|redo|rename|"
        + "investigate|compile|collect|check|double-check|resolve|escalate|refund|return|file|bring|pay|set up|clean up|follow up|"
        + "pick up|look into|look up|look at|"
        + "find out|put together|put up|put in|work out|work on|figure out|sort out|take care of|come up with|get back|get in touch|"
        + "get hold of|let|talk to|talk with|"
        + "speak to|speak with|meet|meet with|go through|go over|read|give|hand over|hand in|type up|train|implement|build|design|"
        + "record|copy|back up|transcribe|"
        + "provide|supply|replace|ship|launch|release|announce|chase|open a ticket|raise a ticket|reach out|nail down|make sure|"
        + "transfer|move|run|rerun|evaluate|compare|"
        + "measure|present|report|tell|show|do|make|get|put|handle|process|repair|correct|extend|reduce|register|apply|connect|"
        + "configure|migrate|merge|push|revert|restart|"
        + "attach|drop off|drop|plan|order in|hire|interview|negotiate|cover|present on|visit|scan|search|dig up|dig out|track down|"
        + "hunt down|ask for|send out|send over|pass on|"
        + "pass along|pass it on|reset|unlock|credit|waive|upgrade|log|issue|swap|exchange|dispatch|reinstate|activate|deactivate|text|"
        + "line up|chase up|fill in|fill out|"
        + "call back|write back|come back to you|come back to them|come back to him|come back to her|speak with|double "
        + "check|sort|hear back from|source|quote|invoice|onboard|mock up|"
        + "spec out|write to|drop you a line");

    /// <summary>Of these, the ones that mean a task only where something else says so, such as a date.</summary>
    public static readonly HashSet<string> WeakTasks =
    [
        "figure out", "look at", "work on", "go through", "go over",
        .. Lists.Words("do make get put give tell show run read add move present cover plan process compare measure record go look meet "
            + "drop reduce apply return connect check report "
            + "search open copy train correct push extend talk speak design build work credit log text reset swap exchange connect "
            + "issue transfer confirm verify pay fill source sort check bring"),
    ];

    /// <summary>Things that are done in the talk itself.</summary>
    public static readonly HashSet<string> TalkObjects = Lists.Words(
        "question questions subject topic topics agenda point points comment comments remark example examples word idea ideas screen "
            + "slide slides overview sense "
        + "mind sentence digits microphone mike mic volume minute second moment story guess");

    /// <summary>Verbs by which a group chooses.</summary>
    public static readonly Dictionary<string, string[][]> Choices = Lists.ByFirstWord(
        "go with|go for|go ahead with|stick with|stick to|stay with|keep|drop|postpone|delay|cancel|switch to|adopt|choose|pick|hire|"
            + "launch|release|settle on|"
        + "move the|push the|raise the|lower the|cut the|stop the|start the|take option|take the|use|buy|skip the|sign|leave it|"
        + "extend the|close the|approve|"
        + "going with|going for|going ahead with|sticking with|sticking to|staying with|keeping|dropping|postponing|cancelling|"
        + "canceling|switching to|adopting|"
        + "choosing|picking|hiring|moving the|pushing the|ship|offer|meet|limit|freeze|"
        + "raise|lower|change|renew|support|move|extend|replace|discontinue|reject|accept|kill|ban|pause|double|reduce|increase|"
        + "outsource|merge|split|rename|roll out|"
        + "roll back|start|stop|announce|invest|migrate|build|sell|take on|open|run|offering|hold");

    /// <summary>Of these, the ones that also mean what is done all the time.</summary>
    public static readonly HashSet<string> WeakChoices = Lists.Words("use take start stop leave meet sign close pick skip offer buy cut "
        + "limit push raise lower change renew support move extend replace discontinue reject accept kill "
        + "ban pause double reduce increase outsource merge split rename roll announce invest migrate build sell open run offering "
        + "hold choose choosing picking");
}
