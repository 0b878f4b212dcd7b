using System.Text;

namespace Parley.Work;

/// <summary>
/// Separates an answer from the reasoning that a model writes in front of it, piece by piece. Only leading reasoning is removed: text
/// between tags such as <c>&lt;think&gt;</c> and <c>&lt;/think&gt;</c>, text before a closing tag that was never opened, and the channels
/// other than <c>final</c> of the harmony format. Later in the answer the same words are part of it.
/// </summary>
/// <param name="expectsUnopened">
/// Whether the model is known to write reasoning without an opening tag: nothing is passed on before the closing tag or the end.
/// </param>
internal sealed class ReasoningFilter(bool expectsUnopened = false)
{
    private const int LongestHeader = 200;

    private static readonly (string Open, string Close)[] Tags =
    [
        ("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<thought>", "</thought>"), ("<reasoning>", "</reasoning>"),
        ("[THINK]", "[/THINK]"), ("<seed:think>", "</seed:think>"), ("◁think▷", "◁/think▷"),
    ];

    private static readonly string[] HarmonyStarts = ["<|start|>", "<|channel|>"];
    private static readonly string[] HarmonyEnds = ["<|end|>", "<|return|>", "<|call|>", "<|start|>", "<|channel|>"];

    // The same without its special tokens, as servers write it that drop those: "analysisWe need …assistantfinalNine euros."
    private const string BareStart = "analysis";
    private const string BareEnd = "assistantfinal";

    private static readonly string[] Openings = [.. Tags.Select(tag => tag.Open), .. HarmonyStarts, BareStart];
    private static readonly string[] Closings = [.. Tags.Select(tag => tag.Close)];
    private static readonly string[] Markers = [.. Tags.Select(tag => tag.Open), .. Closings];

    private readonly StringBuilder _pending = new();
    private readonly StringBuilder _answer = new();
    private State _state = State.Start;
    private string _close = "";
    private bool _holdsBack = expectsUnopened;
    private bool _hasOpening;

    private enum State
    {
        Start,
        Reasoning,
        Answer,
        Header,
        OtherChannel,
        FinalChannel,
    }

    /// <summary>Gets the answer so far, without reasoning.</summary>
    public string Answer => _answer.ToString();

    /// <summary>Gets the length of the answer so far, in characters.</summary>
    public int Length => _answer.Length;

    /// <summary>Gets whether there was reasoning.</summary>
    public bool HasReasoning { get; private set; }

    /// <summary>Gets whether there was a closing tag without an opening one.</summary>
    public bool WasUnopened => Retractions > 0;

    /// <summary>Gets how often the answer so far has turned out to be reasoning, because of a closing tag that was never opened.</summary>
    public int Retractions { get; private set; }

    /// <summary>Takes the next piece and returns what of the answer can be shown now; empty for nothing.</summary>
    /// <param name="piece">The piece.</param>
    public string Add(string piece)
    {
        _pending.Append(piece);
        return Read(isEnd: false);
    }

    /// <summary>Ends the answer and returns the rest that can be shown.</summary>
    public string End()
    {
        var rest = Read(isEnd: true);
        return _holdsBack ? Answer : rest;
    }

    private string Read(bool isEnd)
    {
        var shown = new StringBuilder();
        (State State, int Length)? before = null;
        while (before != (_state, _pending.Length) && _pending.Length > 0)
        {
            before = (_state, _pending.Length);
            var text = _pending.ToString();
            switch (_state)
            {
                case State.Start:
                    Open(text.TrimStart(), isEnd);
                    break;
                case State.Reasoning:
                    HasReasoning = true;
                    if (Skip(text, [_close], isEnd)) _state = State.Start;
                    break;
                case State.OtherChannel:
                    HasReasoning = true;
                    if (Skip(text, HarmonyEnds, isEnd)) _state = State.Header;
                    break;
                case State.Header:
                    ReadHeader(text, isEnd);
                    break;
                case State.FinalChannel:
                    if (Take(text, HarmonyEnds, isEnd, shown)) _state = State.Header;
                    break;
                default:
                    ReadAnswer(text, isEnd, shown);
                    break;
            }
        }

        return shown.ToString();
    }

    private void Open(string text, bool isEnd)
    {
        if (text.Length == 0)
        {
            // White space in front is no part of the answer; kept, it would be copied with each piece of more.
            _pending.Clear();
            return;
        }

        var (open, close) = Tags.FirstOrDefault(tag => text.StartsWith(tag.Open, StringComparison.OrdinalIgnoreCase));
        var isBare = text.StartsWith(BareStart, StringComparison.Ordinal) && text.Length > BareStart.Length && char.IsUpper(text[BareStart.Length]);
        if (open is not null || isBare)
            (_state, _close, _holdsBack) = (State.Reasoning, close ?? BareEnd, false);
        else if (HarmonyStarts.Any(start => text.StartsWith(start, StringComparison.Ordinal)))
            (_state, _holdsBack) = (State.Header, false);
        else if (isEnd || !Openings.Any(opening => opening.StartsWith(text, StringComparison.OrdinalIgnoreCase)))
            _state = State.Answer;
        Keep(text[(open?.Length ?? 0)..]);
    }

    private void ReadHeader(string text, bool isEnd)
    {
        const string Message = "<|message|>";
        var at = text.IndexOf(Message, StringComparison.Ordinal);
        if (at < 0)
        {
            // A header that does not end has no message; at the end of a message there may be nothing more.
            if (isEnd || text.Length > LongestHeader) _pending.Clear();
            return;
        }

        _state = text[..at].Contains("final", StringComparison.Ordinal) ? State.FinalChannel : State.OtherChannel;
        Keep(text[(at + Message.Length)..]);
    }

    private void ReadAnswer(string text, bool isEnd, StringBuilder shown)
    {
        if (Find(text, Closings) is { } close && !HasOpening(text[..close.At]))
        {
            (HasReasoning, _holdsBack) = (true, false);
            Retractions++;
            _answer.Clear();
            shown.Clear();
            _state = State.Start;
            Keep(text[(close.At + close.End.Length)..]);
            return;
        }

        Show(text[..^Held(text, Markers, isEnd)], shown);
    }

    // A tag that was opened within the answer belongs to it, and so does its end.
    private bool HasOpening(string text) =>
        _hasOpening |= Tags.Any(tag => text.Contains(tag.Open, StringComparison.OrdinalIgnoreCase));

    private bool Skip(string text, string[] ends, bool isEnd)
    {
        if (Find(text, ends) is { } found)
        {
            // The start of the next message is its header's.
            return Keep(text[(HarmonyStarts.Contains(found.End) ? found.At : found.At + found.End.Length)..]);
        }

        Keep(text[^Held(text, ends, isEnd)..]);
        return false;
    }

    private bool Take(string text, string[] ends, bool isEnd, StringBuilder shown)
    {
        if (Find(text, ends) is { } found)
        {
            Show(text[..found.At], shown);
            return Keep(text[(HarmonyStarts.Contains(found.End) ? found.At : found.At + found.End.Length)..]);
        }

        Show(text[..^Held(text, ends, isEnd)], shown);
        return false;
    }

    private static (string End, int At)? Find(string text, string[] ends)
    {
        (string End, int At)? first = null;
        foreach (var end in ends)
        {
            var at = text.IndexOf(end, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && !(at >= first?.At)) first = (end, at);
        }

        return first;
    }

    // How many characters at the end may be the beginning of a marker.
    private static int Held(string text, string[] markers, bool isEnd)
    {
        if (isEnd) return 0;
        var held = 0;
        foreach (var marker in markers)
        {
            for (var length = Math.Min(marker.Length - 1, text.Length); length > held; length--)
            {
                if (!text.EndsWith(marker[..length], StringComparison.OrdinalIgnoreCase)) continue;
                held = length;
                break;
            }
        }

        return held;
    }

    private void Show(string text, StringBuilder shown)
    {
        HasOpening(text);
        _answer.Append(text);
        if (!_holdsBack) shown.Append(text);
        _pending.Remove(0, text.Length);
    }

    private bool Keep(string rest)
    {
        _pending.Clear().Append(rest);
        return true;
    }
}
