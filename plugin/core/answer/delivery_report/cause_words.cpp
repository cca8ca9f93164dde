#include "core/answer/delivery_report/cause_words.hpp"

#include <array>

namespace raadspost::answer::report {
namespace {

using R = FailureReason;

// "ADDR" and "HOST" stand for what was masked.
constexpr CauseWords telling[] = {
    // A name server that does not answer says nothing about the domain.
    {R::network,
     R"(host not found,? \(?try again|(name server|dns|lookup|resolution|mx)[^.;]{0,40}(timed? ?out)"
     R"(|temporar|servfail|try again)|temporary (dns|name ?server|lookup|resolution))"},
    {R::network, R"(unable to (look ?up|resolve)[^.;]{0,60}(temporar|try again))"},

    // A closed group or mailbox: there, but not for us.
    {R::policy,
     R"(only accepts? (e-?mails?|mails?|messages) from|(doesn't|does not)"
     R"(|don't|do not) have permission to (send|post))"
     R"(|isn't on the list|accepteert alleen (berichten|e-?mail)|niet gemachtigd om|alleen (berichten)"
     R"(|e-?mails?) (accepteert|ontvangt|aanneemt))"
     R"(|geen machtiging om|nimmt nur (nachrichten|e-?mails)|delivery ?not ?authorized|notauthorized)"},

    // Ourselves: the address we write from.
    {R::sender_refused,
     R"(sender('s)? (e-?mail )?(address|domain)?[^.;]{0,40}(does ?n[o']t exist|not exist|unknown)"
     R"(|not found|verif|invalid|rejected|refused|not accepted|blacklist|could not be|missing)"
     R"(|unresolvable|not valid)|domain of sender|sender verify failed|sender was rejected|(bad)"
     R"(|invalid|unroutable|unknown|undeliverable) (return path|sender|reverse.?path|envelope from)"
     R"(|from address)|callback|return address)"},
    {R::sender_refused,
     R"((in reply to|after|reply to) (the )?(end of )?mail from|did not like our mail from)"
     R"(|cannot resolve your (e-?mail )?(address|domain)|your (domain|host)( name)? (does not)"
     R"(|could not|cannot|has no|is not)|my name was rejected|sorry, your (envelope )?(sender)"
     R"(|domain)|requested by (the )?(sender|from)|sender domain is empty|outgoing mail suspen)"
     R"(|afzender(adres)? (is )?(geweigerd|ongeldig)"
     R"(|onbekend)|absender(adresse)? (ist )?(ungültig|abgelehnt|unbekannt))"},

    // Ourselves: proof that we are we.
    {R::not_authentic,
     R"(\b(spf|dkim|dmarc|senderid)\b|unauthenticated|not authenticated)"
     R"(|failed to authenticate|(authentication|authenticatie) (is )?(required|failed|needed|check)"
     R"(|vereist|mislukt)|(requires|must) (authenticat)"
     R"(|you to authenticat)|not authorized to send|is not allowed to send|authenticate first)"
     R"(|smtp auth|client was not authenticated|only accepts? mail from (people|senders) (in|inside)"
     R"(|within)|sender is not (allowed|authenticated)|dienst niet geautoriseerd)"},

    {R::spam,
     R"((blocked|stopped|rejected|refused|quarantined|identified|classified|flagged|detected) (by|as)"
     R"(|for) (our |the |a |an |possible |potential |likely |being |probable )*(bulk|spam|junk)"
     R"(|anti-?spam|unsolicited)|spam firewall)"},

    // Of the three that this sentence names, two are the address and the third is named for completeness.
    {R::host_unknown, R"(account or domain may not exist)"},

    // Ourselves: the server that we send from.
    {R::blocked,
     R"(black ?-?list|block ?-?list|deny ?list|\b(rbl|dnsbl|xbl|sbl|pbl|cbl|urbl)\b|blocked (using)"
     R"(|by|due|for|because|from|ip)|(client|sender|sending|connecting|remote|source)"
     R"(|your)('s)? (host|ip|server|mta|network|connection)"
     R"(|system)( address)?( HOST)?( [0-9.\[\]]+)?( is| was| has been)?( temporarily)? (blocked)"
     R"(|rejected|refused|banned|listed|denied|blacklisted|not allowed))"
     R"(|\bip( address)?( [0-9.\[\]]+)?( is| was| has been)?( temporarily)? (blocked|rejected)"
     R"(|refused|banned|listed|denied|not allowed)|reputation|reverse dns|\bptr\b|no reverse)"
     R"(|spamhaus|spamcop|sorbs|senderbase|barracudacentral|open ?relay|dynamic(ally)? (ip|assigned))"
     R"(|access from (ip|your)|has been banned|(is|are|been) (currently )?banned|invalid helo)"
     R"(|helo (command )?rejected|ehlo|poor (ip|sender)|no access from mail server)"
     R"(|you are not allowed to connect|\bbanned\b|tls (is )?required|starttls|too many (spam)"
     R"(|complaints)|over ipv6|(not|n't) accept (any )?(e-?)?mails? from|requires (encryption|tls)|bad ip)"
     R"(|unwanted messages|user complaints|smtp server of your (isp|provider)|invalid ip)"
     R"(|permanently deferred)"
     R"(|(not|n't) been granted access|spam(mer)? list|uw ip-?adres|zwarte lijst|geblokkeerde afzender)"
     R"(|not accepting connections|helo requires|geographical|bounce attack|generic (dns|ptr))"},

    {R::virus, R"(\bvirus|infected|malware|trojan|worm (found|detected)|malicious|phish)"},

    // Exchange looked and found nobody, whatever advice it gives further on.
    {R::user_unknown, R"(resolver\.adr\.(ex)?recip(ient|n)\w*|\b5\.1\.10\b|recipient ?not ?found by smtp)"},

    // It is there twice, or leads on to somewhere that is not right: for their administrator to mend.
    {R::receiver_trouble, R"(ambiguous|badprimary|misconfigured forward|badforwarding|several matches found)"
                          R"(|address list expansion)"
                          R"(|mailing list expansion|invalidinsmtp|ambigu\b|meerdere overeenkomsten)"},

    // "May not exist, or you may not write to it": the report does not know either.
    {R::policy,
     R"((may|might) not (exist|be (a )?valid)|peut que|bestaat mogelijk niet|mogelijk niet bestaat)"
     R"(|möglicherweise nicht)"},

    // The reader's own fault, whatever the code: FORMAT.md's mailbox that is full.
    {R::mailbox_full,
     R"((quota|storage|disk ?(space|quota)?|allocat|(mail|in|post|drop)[ -]?(box|folder|drop))"
     R"(|message store|mail ?folder|account|box|maildir|vacation|incoming mail|user)( size| limit)"
     R"(| space| usage| for)*[^.;:]{0,25}( is| are| has| have| would be| was)?( currently| already)"
     R"(| now| too| over| its| the)* (full\b|exceed|over ?-?quota|over(flow|loaded|drawn)|exhausted)"
     R"(|overschreden|vol\b|voll\b|überschritten|pleine?\b|too (big|large|full)|out of))"},
    {R::mailbox_full,
     R"(over ?-?(disk |mail |the )?quota|quota (limit |size |threshold )?(exceeded|violat|reach))"
     R"(|exceed(s|ed|ing)? (the |its |his |her |their |your |allowed |maximum |max |storage )"
     R"(|mail ?box |user'?s? |disk |e-?mail |recipient'?s? )*(quota|storage|allocation)"
     R"(|mail ?box (size|limit)|space|disk)|insufficient (disk |storage|system storage|space|quota))"
     R"(|not enough (disk |storage )?(space|quota)|(mailbox|maildrop|inbox|mail box|postvak)"
     R"(|postbus) (is )?(full|vol\b)|out of (disk |storage )?(space|quota)|no (more )?(space|storage)"
     R"(|room) (left|available)|quotaexceeded|too (many|much) (messages|mail|data|e-?mails?) (on|in)"
     R"(|stored)|zuviele mails|zu viele (nachrichten|mails)|(postfach|mailbox|speicher\w*)"
     R"(|kontingent)[^.;]{0,40}(voll\b|überschritten|erschöpft)|quota (is )?overschreden)"
     R"(|(mailbox|postvak|postbus|inbox)[^.;]{0,60}maxim\w+ (omvang|grootte|capaciteit))"
     R"(|opslag(ruimte|limiet)[^.;]{0,30}(vol|overschreden|bereikt)|bo[iî]te (aux lettres )"
     R"(|de réception )?[^.;]{0,30}pleine|(postvak|mailbox|postbus|brievenbus)[^.;]{0,40}\b(vol)"
     R"(|te groot)\b|overquota|mailfull|mbox(full)?: (over|full)|disk full|account is full)"
     R"(|mailbox limit|mail quota|size limit of the (mailbox|recipient)|quota full|(does)"
     R"(|did) not have (enough )?(sufficient )?(disk )?space|space has been used up|exceed(s|ed)"
     R"(|ing)? (the )?local limit|limit of stored|too much mail data|recipient reached)"
     R"(|number of messages in|mail ?file size exceeds|temporarily over|has reached (its|their|the)"
     R"(|his) (maximum|quota|limit|storage)|over the (allowed|maximum|allotted) (quota|size|storage))"
     R"(|(account|mailbox) storage limit|out of storage|receiving limits|spazio (esaurito|insufficiente))"
     R"(|casella piena|(casilla|buz[oó]n) (est[aá] )?llen[oa]|caixa (postal )?(est[aá] )?cheia)"
     R"(|skrzynka (jest )?pe[lł]na)"
     R"(|(schijf|opslag)ruimte[^.;]{0,40}(vol\b|op\b|onvoldoende|tekort)|onvoldoende (schijf|opslag)ruimte)"},

    {R::too_large,
     R"((message|mail|e-?mail|attachment|body|header|data|content|bericht)"
     R"(|nachricht)('s)?( file)?( header)?( size| length| line)?( is| was| has)?( much)? (too (big)"
     R"(|large|long)|exceeds?|exceeded|larger than|over (the )?(size|maximum|limit)|te groot|zu groß)"
     R"(|size limit)|(size|length) (limit|maximum|restriction)[^.;]{0,30}(exceed|message)|exceed(s)"
     R"(|ed|ing)? (the |its |our |this |a |fixed |allowed |maximum |max\.? |administrative )"
     R"(|configured |permitted |message |mail |e-?mail |file |attachment )*(size|length|limit (of)"
     R"(|for) (message|size))|max(imum)? (message|mail|e-?mail) size|message too (big|large|long))"
     R"(|line (is )?too long|datagr|inbound message size|file (is )?too (big|large)|taille (limite)"
     R"(|maximale) d|taille[^.;]{0,30}d[ée]pass)"
     R"(|(bericht|bijlage|e-?mail|grootte)[^.;]{0,40}(groter dan|maximale (omvang|grootte)|overschrijdt))"},

    {R::loop,
     R"(too many hops|hop ?count|(mail|message|routing|forwarding|delivery|rout)( is| may be)?( in a)"
     R"(| forwarding)? ?loop|looping|loops back|too many received|been here before)"
     R"(|already been (here|processed)|mx records? points? to (the )?local|best-preference mx|in een lus\b)"},

    {R::too_many,
     R"(grey ?-?list|too (many|much) (connections|messages|recipients|mails?|e-?mails?|requests)"
     R"(|sessions|concurrent|errors|bad|invalid|unknown|traffic|smtp)|(rate|throttl)"
     R"(|connection) ?-?(limit|exceed)|throttl|rate (limit|that|of)|receiving mail (at a rate)"
     R"(|too quickly)|(exceeded|exceeds) (the )?(rate|number|maximum number|hourly|daily|sending)"
     R"(|connection)|slow down|deferred due to|unexpected volume|too quickly|too fast|frequency)"
     R"(|daily (limit|sending)|maximum number of (connections|recipients|messages)|thread limit)"
     R"(|per (hour|day|connection|session|minute)\b)"
     R"(|(te ?veel|te snel)[^.;]{0,30}(berichten|verbindingen|e-?mails|ontvangers|achter elkaar))"
     R"(|trop de (connexions|messages))"
     R"(|zu viele (verbindungen|empf)|exceeded permitted limits|has sent too many)"},

    {R::relay_refused,
     R"(relay(ing)? (access |is |was |not |mail )*(denied|prohibited|permitted|allowed|disabled)"
     R"(|refused|to)|unable to relay|cannot relay|not (permitted|allowed|authorized) to relay)"
     R"(|we do(n't| not) relay|(isn't|is not|not) in my list of allowed|rcpthosts|no relaying)"
     R"(|will not relay|relaying|not a relay|not (accept|serv|responsib)\w* (mail )?(for )?(that)"
     R"(|this) domain|authorized relay|relay access)"},

    // A reader who moved away, and said so.
    {R::moved,
     R"((has|have|is|was) (been )?(moved|changed) (to|his|her|their|e-?mail|address|away))"
     R"(|address (has )?changed|(user|recipient|mailbox|customer|person|account) (has )?moved)"
     R"(|moved to (ADDR|a new)|new (e-?mail )?address is|no longer (works|employed|with|at|on staff)"
     R"(|part of)|(niet (meer|langer)|uit) (werkzaam|in dienst|dienst)|not our customer|forwarding address)"
     R"(|(been|is) replaced by|no longer on (this |the |our )?server|(adres|postvak|mailbox)"
     R"(|account)[^.;]{0,40} (gewijzigd|vervangen|verhuisd|veranderd))"
     R"(|(vervallen|gewijzigd|opgeheven)[^.;]{0,30}gebruik|gebruik (voortaan|vanaf nu|in het vervolg))"
     R"(|nicht mehr (bei uns|besch[äa]ftigt|t[äa]tig))"
     R"(|ne (fait|travaille) plus|n'est plus (valide|utilis|en service))"
     R"(|user not local; please try|please use (the following|new|ADDR)|left the (company|organi))"},

    // The domain.
    {R::host_unknown,
     R"((host|domain)( name| or domain name| HOST| ADDR| part)*:?( is| was| does| could| can)*( not)"
     R"(|n't| no|not)( be)? (found|exist|known|valid|resolved|located|exists|resolvable|reachable))"
     R"(|unknown (host|domain|mail server|relay domain)|(host|domain)( name)?( is| HOST)? (unknown)"
     R"(|invalid)|(recipient )?domain must exist|domain mentioned in|name or service not known)"
     R"(|unknown (recipient )?domain|no such (domain|host)|nxdomain|(unable|cannot|could not)"
     R"(|couldn'?t|failed) to (resolve|find|locate|look ?up)[^.;]{0,60}(domain|host|mx|dns)"
     R"(|mail exchanger|HOST|mail server)|could(n't| not) find (any host|a mail exchanger|an? mx)"
     R"(|the host)|unroute?able (mail )?(address|domain)|cname lookup failed|no mx (record|host)|(no)"
     R"(|without) (valid )?(mx|a|dns|mail exchange\w*) (or \w+ )?records?|all relevant mx records)"
     R"(|mx (records?|or srv record)[^.;]{0,60}(non-?exist|no smtp|localhost|lowest|bogus)|null ?mx)"
     R"(|does(n't| not) (accept|receive) (e-?)?mail|bad destination (system|host|domain))"
     R"(|illegal host|name service error|domain name not found|host (unknown|not found)|dns (error)"
     R"(|failure|lookup fail)|domain name (is )?invalid|domain( name)?( \([^)]*\))? (does not|doesn't)"
     R"(|is not|isn't)( appear to be| seem to be)? (registered|exist|valid)|(domein)"
     R"(|domeinnaam)[^.;]{0,40}(bestaat niet)"
     R"(|niet gevonden|onbekend)|(domain|domäne)[^.;]{0,40}(existiert nicht|nicht gefunden)"
     R"(|unbekannt)|misspelled|no route (to|for) (domain|(?-i:HOST))|not a local host|host or domain)"
     R"(|domain not exist|addresses? for HOST|unresolvable|host address lookups? failed permanently)"
     R"(|reserved by rfc|single label domain|no (such|valid) route to|(domain|host) (has )?expired)"
     R"(|(domaine?|dominio)[^.;]{0,30}(inconnu|inexistant|inesistente|inexistente|sconosciuto|n'existe)"
     R"(|no existe|non esiste))"
     R"(|(domein|domeinnaam|host)[^.;]{0,40}(kon|kan) niet (worden )?(gevonden|herleid|bereikt))"},

    // The address.
    {R::user_unknown,
     R"((unknown|no such|invalid|not? valid|non-?exist[ea]nt|nonexisting|illegal|bad|unrecogni[sz]ed)"
     R"(|undeliverable|unroutable|not a known|not a valid|not an active|unknown or illegal|no|wrong)"
     R"(|incorrect)( local| final| remote| destination| virtual| e-?mail| mail| smtp| delivery)"
     R"(| recipient's| system)* (user|user ?-?id|username|users?|recipients?|mail ?box|mailboxes)"
     R"(|address(ee)?|account|alias|login|person|customer|subscriber|member|mail ?drop|local.?part)"
     R"(|to address|receiver|name|inbox|rcpt|addressee)\b( (here|by that|by this|with that|called)"
     R"(|named|available|found|for|exist|alias|address|name|\(|at this|in |ADDR|specified|on (this)"
     R"(|the)|as|hosted|known|listed|matches|part|#|-|\[|"|'|<|:))?)"},
    {R::user_unknown,
     R"((user|user ?-?id|username|recipients?|mail ?box|address(ee)?|account|alias|login|person)"
     R"(|customer|subscriber|member|inbox|local.?part|ADDR|group|destination)\b[^.;]{0,40}( not|n't)"
     R"(| no longer| never|cannot)( to| be| been| a| an| currently| longer| yet)* (recogni[sz]ed)"
     R"(|exist|existing|found|valid|listed|known|defined|deliverable|in use|locatable|local|located)"
     R"(|resolved|registered|(active|valid|local|known) (user|account|mail ?box|recipient)"
     R"(|address))\b)"},
    {R::user_unknown,
     R"((user|user ?-?id|username|recipients?|mail ?box|address(ee)?|account|alias|login|person)"
     R"(|customer|subscriber|member|inbox|local.?part|ADDR|group|destination)\b[^.;,]{0,25} (unknown)"
     R"(|unrecogni[sz]ed|non-?exist\w*|unroutable|invalid|illegal|((is|was|been|has)"
     R"(|are) (deleted|removed|deactivated|terminated|closed|cancell?ed|a deactivated))|inconnu)\b)"},
    {R::user_unknown,
     R"(user ?unknown|unknown ?(user|recipient|address|mailbox|account|to|rcpt|local)|no (such )"
     R"(|valid )?(user|mail ?box|recipient|account|person|address|one|body|mailbox found)"
     R"(|mail box)( here| by| with| found| available|\b)|nosuchuser|recipientnotfound|recipnotfound)"
     R"(|recipient ?notfound|adr\.?recip(ient|n)|unknownuser|not (listed|found) in (the )?(public |address )"
     R"(|domino |local |global |our |this |virtual |name|directory|recipient))"
     R"(|doesn'?t have an? [^.;]{0,60}account|does not have an? [^.;]{0,60}(account|mailbox))"
     R"(|couldn'?t be found or|account (that you tried to reach )?(does not|doesn't) exist)"
     R"(|not (a )?(known|valid|recogni[sz]ed)|name is not recogni[sz]ed|list_? ?not_? ?found)"
     R"(|not (our|my) (user|customer)|i couldn'?t find (an account|any)|no mailbox here|(mailbox)"
     R"(|user|account|recipient|address) (not|isn't|is not) (here|available here|local|found|listed))"
     R"(|delivery to this address is restricted|no valid (recipients|cert|host)|not in (our)"
     R"(|the) (database|directory|recipient|list)|doesn't like recipient|isn't a valid)"
     R"(|unknown extension|unknown or invalid|archived recipient|missing home directory|(bad)"
     R"(|valid)(rcpt|recipient)to)"
     R"(|not present in|cuda_nsu|recipient verif\w+ fail|(account|mailbox|user|recipient) (closed)"
     R"(|deleted|removed|terminated|cancell?ed)|no longer (here|an? (employee|customer|member|user)))"
     R"(|in name directory|not a local address|recipient is not accepted|no thank you rejected)"
     R"(|(handle|accept) mail for that user|no (one|body) (here )?(with|by|at) (that|this)|can(not)"
     R"(|'t) (be )?(find|identify) (the |this |that )?(recipient|user|mailbox|address))"
     R"(|(recipient|address|user|mailbox) (cannot|could not|can't) be (found|identified|resolved))"
     R"(|nessun utente|(utente|indirizzo|destinatario|casella) (sconosciut[oa]|inesistente|errat[oa])"
     R"(|non (esiste|trovat[oa]|valid[oa])))"
     R"(|(usuario|destinatario|direcci[oó]n|cuenta|buz[oó]n|casilla|usu[áa]rio|destinat[áa]rio)"
     R"(|endere[çc]o) (desconocid[oa]|inexistente|no (encontrad[oa]|existe|v[áa]lid[oa])|n[ãa]o (existe)"
     R"(|encontrad[oa])|desconhecid[oa]|inv[áa]lid[oa]))"
     R"(|utilisateur (inconnu|inexistant)|(boîte|boite|compte|adresse)[^.;]{0,30}(inexistant)"
     R"(|introuvable)|nie istnieje|nie ma takiego|adressat unbekannt)"
     R"(|finns inte|findes ikke|finnes ikke|ok[äa]nd (mottagare|anv[äa]ndare)|ukendt (bruger|modtager))"
     R"(|there is no one|can'?t accept user|name is not found|no longer (exists?|valid|available)"
     R"(|in use|a valid|active|accepts?|used|reachable|supported|maintained)|recipient not (ok)"
     R"(|found)|has left|destinataire inconnu|adresse (inconnue|d au moins un destinataire invalide)"
     R"(|invalide)|n'existe pas|no existe|utente sconosciuto|wurde nicht gefunden|nicht gefunden)"
     R"(|existiert nicht|unbekannte[rn]? (empf|adress|benutz|user)|(empf[äa]nger|benutzer|adresse|konto)"
     R"(|postfach)[^.;]{0,45}(unbekannt|existiert nicht|nicht gefunden|ung[üu]ltig|nicht vorhanden)"
     R"(|nicht bekannt)|(adres|mailbox|postvak|gebruiker|ontvanger|geadresseerde|postbus|account)"
     R"(|e-?mailadres)[^.;]{0,60}(bestaat niet|onbekend|niet gevonden|niet bekend|ongeldig|opgeheven)"
     R"(|(wordt )?niet \(?(meer|langer)?\)? ?(in gebruik|bekend|actief|geldig|beschikbaar|gebruikt)"
     R"(|gelezen|beheerd)|vervallen|bestaat ((mogelijk|wellicht|helaas) )?niet)"
     R"(|verwijderd|niet (meer )?voor(komt)? (in|bij))|(staat|komt) niet (voor )?in (de|het) (domino )"
     R"(|globale )?(directory|adresboek|adreslijst|adressenlijst)|onbekende (gebruiker|ontvanger)"
     R"(|geadresseerde))"
     R"(|kan(?:\W+\w+)? niet (worden )?gevonden|not local|nobody (here )?by)"},

    {R::user_unknown,
     R"((wasn't|was not|is niet|wurde nicht|konnte nicht) (found|gevonden|gefunden)( \w+)? (at|in|bij)"
     R"(|op|bei|auf) )"},

    {R::suspended,
     R"(refuses? to receive|user reject|restricted sms|only accepting mail from|protected by)"
     R"(|recipient preferences|user rules|(account|mail ?box|user|recipient|address|inbox|e-?mail)"
     R"(|service|customer|postvak)[^.;]{0,60}(disabled|suspended|inactive|not active|locked|frozen)"
     R"(|on hold|temporarily (un|not |dis|block|lock|susp)|is blocked|bloqu[eé])"
     R"(|deactivated temporarily|dormant|expired|not (currently )?(accepting|receiving)|not (been )"
     R"(|yet )?activated|suspend|administrative?ly (disabled|locked))"
     R"(|not (allowed|able|permitted) to receive|opgeschort|gedeactiveerd|tijdelijk (niet|buiten))"
     R"(|bevroren|bloccat[oa])"
     R"(|d[ée]sactiv|inactiv[oe]|suspendid[oa]|zablokowan|nieaktywn)"
     R"(|unable to receive|refus(es|ed) to (accept|receive)|cannot receive|geblokkeerd|uitgeschakeld)"
     R"(|gesperrt|deaktiviert)|not collected|disabled (user|account|mailbox|recipient))"
     R"(|mailbox (is )?(disabled|inactive)|currently suspended|(mailbox|account|recipient) (is )"
     R"(|has been |was )?archived|unavailable to take delivery|geen (berichten|e-?mail) (kan )"
     R"(|kunnen )?ontvangen|temporar(y|ily) locked|suspend the service)"},

    {R::spam, R"(\bspam|\bube\b|\buce\b|unsolicited|junk ?-?mail|bulk (e-?)?mail|uribl|surbl|content (was )"
              R"(|has been |is )?(reject|filter|not accept|block|refus|scan)|rejected (by|due to|because of)"
              R"(|for) (the )?(content|filter)|(mail|message|e-?mail)( was| is| has been)? (refused|rejected)"
              R"(|filtered|blocked|looks like)[^.;]{0,40}(filter|content|junk|profile)|similar to)"
              R"(|profile the internet|mass ?mail|advertis|ongewenst|looks like|high score|suspicious)"
              R"(|content filter|blacklisted url|message ?rejected by (anti|content)|deemed|identified)"
              R"(|triggered)"},

    {R::expired, R"((message|mail|delivery|queue|retry|time)[^.;]{0,30}(expired|time ?-?out|timed out)"
                 R"(|timeout exceeded|too old)|(not|n't) (be )?(deliver|collect|accepted)"
                 R"(|sent)\w*[^.;]{0,60}(days|hours|minutes|\d ?[dh]\b)|been in the queue too long)"
                 R"(|queue(d)? (too long|expir|for too|life ?time|time)|retry (time|timeout|limit)|giving up)"
                 R"(|gave up|delivery time expired|maximum[- ]time[- ]expired|max(imum)? retr)"
                 R"(|unable to deliver (this message |in |after |for )+\d|expired|too long in (the )?queue)"
                 R"(|retries (was |were )?exceeded|failed \d+ attempts|tried for|time limit specified)"
                 R"(|tijdslimiet)"},

    {R::network,
     R"(connect(ion|ing)?( to| with)?[^.;]{0,60}(refused|timed? ?out|reset|lost|closed|failed)"
     R"(|dropped|broken|abort|unexpected|was not|could not|terminated|interrupted)|(lost|no)"
     R"(|broken) connection|(unable|failed|not able|could not|cannot|couldn'?t)"
     R"(|wasn'?t able) to (establish|connect|contact|reach|open)|no route to host)"
     R"(|network (is )?(unreachable|error|problem|down)|host (is )?(unreachable|down|not respond)"
     R"(|is not responding)|(not|no) (respon|answer|reachable)\w*|operation timed out|timed? ?out)"
     R"(|unreachable|conversation with[^.;]{0,60}(timed|end of file|lost)|socket|bad connection)"
     R"(|no answer from host|remote (server|host|system) (did not|is not|unavailable|not))"
     R"(|server (is )?(unavailable|unreachable|busy)|tls (negotiation|handshake|error)|handshake)"
     R"(|broken pipe|deferred|protocol error|no host found|communication (problem|error|fail))"
     R"(|certificate|verbinding[^.;]{0,40}(geweigerd|verbroken|mislukt|verloren|verlopen))"
     R"(|(reageert|antwoordt?|reageerde) niet|onbereikbaar|niet bereikbaar|time-?out|connexion (refus)"
     R"(|perdue)|verbindung[^.;]{0,40}(abgelehnt|getrennt|fehlgeschlagen))"},

    {R::receiver_trouble,
     R"(system (resources|error|failure|is not|config|not accepting|storage|problem|incorrectly))"
     R"(|(local|internal|server|configuration|software|mailer|delivery agent|queue file|file system)"
     R"(|i/o|program|database|ldap|processing|resource|unexpected|transmission)( \w+)? (error)"
     R"(|failure|problem|crash|died|exited)|can'?t create|cannot (create|open|write|append))"
     R"(|unable to (open|create|write|contact ldap)|could not (load|create|open)|permission denied)"
     R"(|(mail|command|pipe)[^.;]{0,20}(program|died|exit|failed)|pipe to|no such file|misconfigur)"
     R"(|temporary (failure|error|problem|local|server|lookup|system)|try (again )?later|service (un)"
     R"(|not )available|command (not|unrec|died)|out of memory|resources (temporarily )?unavailable)"
     R"(|local (delivery )?(error|failed)|system call|child process|local delivery failed|transaction failed)"
     R"(|unable to process|cannot process|bad sequence|need mail before|storing in)"
     R"(|tijdelijke (fout|storing)|interne (serverfout|fout)|er is een (fout|storing) opgetreden)"},

    {R::policy,
     R"(\bpolic(y|ies)|prohibited|not (permitted|allowed|authori[sz]ed|accepted)|restrict)"
     R"(|security (polic|reason|violat|check|sett|rule)|rejected by (the )?(filter|rule|recipient)"
     R"(|administrat|user|server)|administrative|(does|do) not (accept|comply|conform|want))"
     R"(|rfc ?-?\d{3,4}|duplicate header|missing (header|from|to|date|message)|bare lf|syntax)"
     R"(|protocol violation|compliant|attachment|denied by|refused by|not (want|welcome)|forbidden)"
     R"(|message (was )?(rejected|refused|denied)|moderat|not (a )?member|not subscribed|verboden)"
     R"(|nicht (zugelassen|erlaubt|berechtigt)|niet toegestaan|toestemming|geen toegang|beleid)"
     R"(|non-member|members-only)"
     R"(|closed (mailing )?list|closed group|corrupt|invalid (characters|content)|message content)"
     R"(|content conversion|low priority)"
     R"(|not supported|requires confirmation|beveiliging|quarantaine|(bericht|e-?mail) (is )"
     R"(|werd )?geblokkeerd|multiple addresses|envelope blocked|cannot route mail)"},
};

constexpr CauseWords vague[] = {
    // "... Check the address and try again" is then advice and no finding.
    {R::receiver_trouble, R"(did not (report|give) a (specific )?reason)"},
    {R::user_unknown,
     R"((recipient|rcpt|address|mailbox|user|account|inbox|ADDR>?)( address)?:? (was |is |has been )"
     R"(|currently )"
     R"(|been )?(rejected|refused|unavailable|not available|not accepted|not ok|inaccessible|denied))"
     R"(|(rejects?|rejected|refused|invalid|unable to accept) (your |the |this )?(recipient|address)"
     R"(|rcpt to)|does not like recipient|did not like our rcpt|undeliverable address|check (if )"
     R"(|that |whether )?(the )?(e-?mail )?address( is correct|es)?|error in address)"
     R"(|problem with (the )?recipient|(recipient|address|ADDR>?)[^.;,]{0,25} undeliverable|e-?mail address (you|is wrong|could))"},
    {R::policy, R"(access (is )?denied|denied|rejected|refused|blocked|not accept|reject)"},
    {R::receiver_trouble, R"(\b(error|failure|fail|trouble|unavailable|busy)\b)"},
};

}  // namespace

std::span<const CauseWords> telling_words() {
    return telling;
}

std::span<const CauseWords> vague_words() {
    return vague;
}

}  // namespace raadspost::answer::report
