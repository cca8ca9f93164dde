#include "core/answer/mail/html_text.hpp"

#include "core/answer/limits.hpp"
#include "core/answer/new_text.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

namespace raadspost::answer::mail {
namespace {

struct Case {
    const char* name;
    const char* html;
    const char* text;  // without the LF at its end
};
std::ostream& operator<<(std::ostream& out, const Case& each) {
    return out << each.name;
}

const Case cases[] = {
    {"words", "Dag  <b>ra</b>ad\n en  griffie", "Dag raad en griffie"},
    {"empty", "", ""},
    {"nothing but marks", "<p></p><br><div> </div>", ""},
    {"paragraphs", "<p>Een</p><p>Twee</p>", "Een\n\nTwee"},
    {"breaks", "Een<br>Twee<br><br>Vier", "Een\nTwee\n\nVier"},
    {"divisions", "<div>Een</div><div>Twee</div><div><br></div><div>Vier</div>", "Een\nTwee\n\nVier"},
    {"paragraphs of Word",
     "<p class=MsoNormal>Een<o:p></o:p></p><p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p><p "
     "class=MsoNormal>Drie</p>",
     "Een\n\nDrie"},
    {"lists", "<ul><li>Een</li><li>Twee</li></ul>", "- Een\n- Twee"},
    {"tables", "<table><tr><td>Nummer</td><td>B.4</td></tr><tr><td>Datum</td><td>3 maart</td></tr></table>",
     "Nummer B.4\nDatum 3 maart"},
    {"entities", "caf&eacute; &amp; &#8364; &lt;b&gt; &onbekend;", "café & € <b> &onbekend;"},
    {"preformatted", "<pre>een\n  twee</pre>", "een\n  twee"},
    {"not shown", "<head><title>T</title><style>p{}</style></head><script>x()</script><!-- y --><p>Dag</p>",
     "Dag"},
    {"conditional comments", "<!--[if gte mso 9]><xml>x</xml><![endif]--><![if !mso]>Dag<![endif]>", "Dag"},
    {"hidden",
     "<span style=\"display:none\">geplaatst</span><div style='visibility: hidden'>x</div><p hidden>y</p>Dag",
     "Dag"},
    {"hidden within", "<div style=\"DISPLAY : NONE\"><p>een</p><div>twee</div></div>Dag", "Dag"},
    {"citation", "Ja.<blockquote type=cite>Komt hij?<br>Wanneer?</blockquote>",
     "Ja.\n\n> Komt hij?\n> Wanneer?"},
    {"citation in a citation", "Ja.<blockquote type=cite>b<blockquote type=cite>c</blockquote></blockquote>",
     "Ja.\n\n> b\n>\n>> c"},
    {"indented by hand", "<blockquote style=\"margin:0 0 0 40px;border:none\">punt</blockquote>", "punt"},
    {"divider of Outlook",
     "<p class=MsoNormal>Dank</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm "
     "0cm 0cm'><p class=MsoNormal><b>Van:</b> X</p></div>",
     "Dank\n________________________________\nVan: X"},
    {"divider of Outlook's web client", "<div>Dank</div><hr><div id=\"divRplyFwdMsg\"><b>Van:</b> X</div>",
     "Dank\n________________________________\nVan: X"},
    {"address behind a word", "Stuur het <a href=\"mailto:griffie@laagveen.example?subject=x\">hierheen</a>.",
     "Stuur het hierheen <griffie@laagveen.example>."},
    {"address that is shown", "<a href=\"mailto:griffie@laagveen.example\">griffie@laagveen.example</a>",
     "griffie@laagveen.example"},
    {"link", "<a href=\"https://laagveen.example/x\">hier</a>", "hier"},
    {"broken", "<p>een<div>twee</p></b></i><table><td>drie", "een\n\ntwee\ndrie"},
    {"text after the end", "<html><body>een</body></html>twee", "eentwee"},
    {"upper case", "<P>een</P><BR><DIV STYLE=\"DISPLAY:NONE\">x</DIV>", "een"},
};

}  // namespace

BOOST_DATA_TEST_CASE(it_reads_as_a_person_would, boost::unit_test::data::make(cases)) {
    std::string got = html_text(sample.html);
    if (!got.empty()) {
        BOOST_TEST(got.ends_with('\n'));
        got.pop_back();
    }
    BOOST_TEST(got == sample.text);
}

// As the programs write replies: what they cite is seen as cited.
BOOST_AUTO_TEST_CASE(what_html_cites_is_not_what_was_written) {
    const std::string appeal = "<p>Wilt u deze brief op de lijst plaatsen?</p>";
    const std::string replies[] = {
        "<div dir=ltr>Dank.</div><br><div class=gmail_quote><div dir=ltr class=gmail_attr>Op ma 9 feb 2026 "
        "om 09:01 schreef X &lt;<a "
        "href=\"mailto:x@y.example\">x@y.example</a>&gt;:<br></div><blockquote class=gmail_quote "
        "style=\"margin:0px 0px 0px "
        "0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex\">" +
            appeal + "</blockquote></div>",
        "<p class=MsoNormal>Dank.<o:p></o:p></p><div style='border:none;border-top:solid #E1E1E1 "
        "1.0pt;padding:3.0pt 0cm 0cm 0cm'><p "
        "class=MsoNormal><b>Van:</b> X &lt;x@y.example&gt; <br><b>Verzonden:</b> maandag 9 februari 2026 "
        "09:01<br><b>Aan:</b> "
        "Griffie<br><b>Onderwerp:</b> Oproep</p></div>" +
            appeal,
        "<div class=elementToProof>Dank.</div><hr tabindex=-1 style=\"display:inline-block;width:98%\"><div "
        "id=divRplyFwdMsg dir=ltr><font "
        "face=Calibri><b>Van:</b> X &lt;x@y.example&gt;<br><b>Verzonden:</b> maandag 9 februari 2026 "
        "09:01<br><b>Aan:</b> "
        "Griffie<br><b>Onderwerp:</b> Oproep</font></div>" +
            appeal,
        "Dank.<br><div><blockquote type=cite><div>Op 9 feb 2026, om 09:01 heeft X &lt;x@y.example&gt; het "
        "volgende "
        "geschreven:</div>" +
            appeal + "</blockquote></div>",
        "Dank.<br><div class=moz-cite-prefix>Op 09-02-2026 om 09:01 schreef X:<br></div><blockquote "
        "type=cite "
        "cite=mid:x@y.example>" +
            appeal + "</blockquote>",
        "<div>Dank.</div><div id=ms-outlook-mobile-signature><div><br></div>Outlook voor <a "
        "href=\"https://aka.example\">iOS</a> ophalen</div><div "
        "id=mail-editor-reference-message-container><div "
        "style=\"padding-top:10px;border-top-width:1px;border-top-style:solid\"><b>Van:</b> "
        "X<br><b>Datum:</b> maandag, 9 februari 2026 om 09:01<br><b>Aan:</b> Griffie<br><b>Onderwerp:</b> "
        "Oproep</div>" +
            appeal + "</div>",
    };
    for (const std::string& html : replies) BOOST_TEST(new_text(html_text(html)).written == "Dank.");
}

BOOST_AUTO_TEST_CASE(a_long_name_behind_an_ampersand_is_text) {
    for (const std::size_t size : {30u, 99u, 101u, 140u, 260u, 5000u}) {
        std::string name;
        for (std::size_t i = 0; i < size; ++i) name += i % 2 == 0 ? "\xC3\xBF" : "a";
        BOOST_TEST(html_text("<p>voor &" + name + " na</p>") == "voor &" + name + " na\n");
        BOOST_TEST(html_text("<a href=\"https://a.example/?b&" + name + "\">hier</a>") == "hier\n");
    }
    BOOST_TEST(html_text("<p>&eacute;&euro;1 &amp; &lt;2&gt; AT&T &onbekend; R&D</p>") ==
               "é€1 & <2> AT&T &onbekend; R&D\n");
}

BOOST_AUTO_TEST_CASE(it_ends_at_its_limits) {
    std::string deep, wide;
    for (std::size_t i = 0; i < 2 * limits::html_depth; ++i) deep += "<div>a";
    while (wide.size() < 2 * limits::html_bytes) wide += "woord<br>";
    BOOST_TEST(!html_text(deep).empty());
    BOOST_TEST(html_text(wide).size() <= limits::text_bytes + 1);
}

BOOST_AUTO_TEST_CASE(its_own_character_set_is_found) {
    BOOST_TEST(html_charset("<META http-equiv=Content-Type content=\"text/html; CHARSET=windows-1252\">") ==
               "windows-1252");
    BOOST_TEST(html_charset("<meta charset='utf-8'>") == "utf-8");
    BOOST_TEST(html_charset("<p>charset</p>") == "");
    BOOST_TEST(html_charset("charset=") == "");
}

}  // namespace raadspost::answer::mail
