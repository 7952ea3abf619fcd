// SPDX-License-Identifier: GPL-3.0-or-later
// Names and meanings of the fields of DNS, HTTP and TLS-shaped records.
#include "ui/i18n/catalogue_fields.h"

namespace packetarium {

Words applicationFieldLabel(FieldId field)
{
    switch (field) {
    case FieldId::Dns: return {"DNS", "DNS"};
    case FieldId::DnsId: return {"Identifier", "标识"};
    case FieldId::DnsFlags: return {"Flags", "标志"};
    case FieldId::DnsResponse: return {"QR: response", "QR：响应"};
    case FieldId::DnsOpcode: return {"Opcode", "操作码"};
    case FieldId::DnsAuthoritative: return {"AA: authoritative", "AA：权威回答"};
    case FieldId::DnsTruncated: return {"TC: truncated", "TC：被截断"};
    case FieldId::DnsRecursionDesired: return {"RD: recursion desired", "RD：期望递归"};
    case FieldId::DnsRecursionAvailable: return {"RA: recursion available", "RA：可用递归"};
    case FieldId::DnsZ: return {"Z: reserved", "Z：保留"};
    case FieldId::DnsCode: return {"Response code", "响应码"};
    case FieldId::DnsQuestionCount: return {"Questions", "问题数"};
    case FieldId::DnsAnswerCount: return {"Answers", "回答数"};
    case FieldId::DnsAuthorityCount: return {"Authority records", "权威记录数"};
    case FieldId::DnsAdditionalCount: return {"Additional records", "附加记录数"};
    case FieldId::DnsQuestion: return {"Question", "问题"};
    case FieldId::DnsAnswer: return {"Answer", "回答"};
    case FieldId::DnsAuthority: return {"Authority", "权威"};
    case FieldId::DnsAdditional: return {"Additional", "附加"};
    case FieldId::DnsDomainName: return {"Name", "域名"};
    case FieldId::DnsType: return {"Type", "类型"};
    case FieldId::DnsClass: return {"Class", "类"};
    case FieldId::DnsTtl: return {"Time to live", "生存时间"};
    case FieldId::DnsDataLength: return {"Data length", "数据长度"};
    case FieldId::DnsData: return {"Data", "数据"};

    case FieldId::Http: return {"HTTP", "HTTP"};
    case FieldId::HttpStartLine: return {"Start line", "起始行"};
    case FieldId::HttpMethod: return {"Method", "方法"};
    case FieldId::HttpTarget: return {"Target", "请求目标"};
    case FieldId::HttpVersion: return {"Version", "版本"};
    case FieldId::HttpStatus: return {"Status code", "状态码"};
    case FieldId::HttpReason: return {"Reason", "原因短语"};
    case FieldId::HttpField: return {"Header line", "首部行"};
    case FieldId::HttpFieldName: return {"Name", "字段名"};
    case FieldId::HttpFieldValue: return {"Value", "值"};
    case FieldId::HttpEmptyLine: return {"Empty line", "空行"};
    case FieldId::HttpBody: return {"Body", "正文"};

    case FieldId::TlsRecord: return {"TLS-shaped record", "仿 TLS 记录"};
    case FieldId::TlsContentType: return {"Content type", "内容类型"};
    case FieldId::TlsVersion: return {"Version", "版本"};
    case FieldId::TlsLength: return {"Length", "长度"};
    case FieldId::TlsProtected: return {"Encrypted content and tag", "加密内容与认证标签"};
    default: return {};
    }
}

Words applicationFieldWords(FieldId field)
{
    switch (field) {
    case FieldId::Dns:
        return {"A message of the domain name system: a question, and in a response what answers it.",
                "域名系统的报文：一个问题；如果是响应，还有它的回答。"};
    case FieldId::DnsId:
        return {"Chosen by who asks; the response carries the same, so that it finds its question.",
                "由提问方选定；响应里原样带回，用来和问题配对。"};
    case FieldId::DnsFlags: return {"What kind of message this is, and how it went.", "这是哪种报文，结果如何。"};
    case FieldId::DnsResponse: return {"0 in a question, 1 in a response.", "查询为 0，响应为 1。"};
    case FieldId::DnsOpcode: return {"Which kind of question; 0 is the ordinary one.", "查询的种类；0 是普通查询。"};
    case FieldId::DnsAuthoritative:
        return {"Set: the answer comes from a server that is responsible for the name, not from a cache.",
                "置 1 时，回答来自负责该域名的服务器，而不是缓存。"};
    case FieldId::DnsTruncated:
        return {"Set: the message was cut to fit into a datagram; the whole can be had over TCP.",
                "置 1 时，报文为放进一个数据报而被截断，完整内容可用 TCP 获取。"};
    case FieldId::DnsRecursionDesired:
        return {"Set: the server is asked to find the answer itself, asking other servers if it must.",
                "置 1 时，请服务器自己去查到底，必要时向其他服务器查询。"};
    case FieldId::DnsRecursionAvailable:
        return {"Set: this server does ask others on behalf of who asks it.",
                "置 1 时，本服务器愿意代为向其他服务器查询。"};
    case FieldId::DnsZ: return {"Kept for later use; zero here.", "保留今后使用，这里为 0。"};
    case FieldId::DnsCode:
        return {"How it went: 0 no error, 2 the server failed, 3 there is no such name.",
                "结果：0 无差错，2 服务器失败，3 没有这个域名。"};
    case FieldId::DnsQuestionCount:
        return {"How many questions follow; one, as a rule.", "后面有几个问题，通常是 1 个。"};
    case FieldId::DnsAnswerCount: return {"How many records answer the question.", "有几条记录回答了问题。"};
    case FieldId::DnsAuthorityCount:
        return {"How many records name the servers that are responsible.", "有几条记录指出负责的服务器。"};
    case FieldId::DnsAdditionalCount:
        return {"How many records are added because they will be needed next.", "附带了几条接下来用得着的记录。"};
    case FieldId::DnsQuestion:
        return {"The name that is asked about, and what is asked.", "要查的域名，以及查它的什么。"};
    case FieldId::DnsAnswer: return {"A record that answers the question.", "回答问题的一条记录。"};
    case FieldId::DnsAuthority:
        return {"A record that names a server responsible for the name, or the zone it would be in.",
                "指出负责该域名的服务器，或者它所在区域的记录。"};
    case FieldId::DnsAdditional:
        return {"A record that helps: most often the address of a server named above.",
                "有帮助的记录，多半是上面提到的服务器的地址。"};
    case FieldId::DnsDomainName:
        return {"Each label after its length; two octets that begin with the bits 11 point back to where the rest "
                "stands already.",
                "每个标签前是它的长度；以比特 11 开头的两个字节是指针，指向前面已出现过的其余部分。"};
    case FieldId::DnsType:
        return {"What is said of the name: A an IPv4 address, AAAA an IPv6 address, NS a name server, CNAME its true "
                "name.",
                "记录的内容：A 是 IPv4 地址，AAAA 是 IPv6 地址，NS 是域名服务器，CNAME 是规范名称。"};
    case FieldId::DnsClass: return {"1 for the Internet.", "1 表示互联网。"};
    case FieldId::DnsTtl:
        return {"For how many seconds the record may be kept in a cache.", "这条记录可以缓存多少秒。"};
    case FieldId::DnsDataLength: return {"Length of the data, in octets.", "数据的长度，以字节为单位。"};
    case FieldId::DnsData: return {"What the record says: an address or a name.", "记录的内容：一个地址或域名。"};

    case FieldId::Http:
        return {"A message of HTTP/1.1 in plain text: start line, header lines, an empty line, body.",
                "HTTP/1.1 的报文，纯文本：起始行、首部行、空行、正文。"};
    case FieldId::HttpStartLine:
        return {"Of a request: what is wanted. Of a response: how it went.", "请求：要什么。响应：结果如何。"};
    case FieldId::HttpMethod:
        return {"What is to be done with the target; GET asks for it.", "对请求目标做什么；GET 表示获取。"};
    case FieldId::HttpTarget:
        return {"Which page or file of the server: the URL's path and query.",
                "服务器上的哪个页面或文件：URL 的路径和查询部分。"};
    case FieldId::HttpVersion: return {"Which version of HTTP the sender speaks.", "发送方使用的 HTTP 版本。"};
    case FieldId::HttpStatus:
        return {"How it went: 2xx done, 3xx look elsewhere, 4xx the request was wrong, 5xx the server failed.",
                "结果：2xx 成功，3xx 请到别处找，4xx 请求有误，5xx 服务器出错。"};
    case FieldId::HttpReason: return {"The status in words, for people only.", "状态码的文字说明，只给人看。"};
    case FieldId::HttpField:
        return {"One thing said about the message: name, colon, value.", "关于报文的一项说明：字段名、冒号、值。"};
    case FieldId::HttpFieldName:
        return {"What the line is about; letters' case does not matter.", "这一行说的是什么；不区分大小写。"};
    case FieldId::HttpFieldValue: return {"What it says of it.", "这一项的内容。"};
    case FieldId::HttpEmptyLine: return {"CR LF alone: the header ends here.", "只有 CR LF：首部到此结束。"};
    case FieldId::HttpBody:
        return {"The page or file itself, or as much of it as this segment carries.",
                "网页或文件本身，或者本报文段携带的那一部分。"};

    case FieldId::TlsRecord:
        return {"An encrypted record in the form of TLS 1.3. Key and nonce are derived as in TLS, but there was no "
                "handshake: both sides knew the secret.",
                "采用 TLS 1.3 格式的加密记录。密钥和随机数按 TLS 的方法导出，但没有握手：双方事先就知道秘密。"};
    case FieldId::TlsContentType:
        return {"23: application data. What it truly holds is said inside, encrypted.",
                "23：应用数据。真正的内容类型在里面，已加密。"};
    case FieldId::TlsVersion:
        return {"0x0303 in every record, whatever the version, so that old equipment lets it pass.",
                "无论什么版本，每条记录都写 0x0303，好让旧设备放行。"};
    case FieldId::TlsLength: return {"Octets that follow in this record.", "本记录后面的字节数。"};
    case FieldId::TlsProtected:
        return {"The content by AES-128-GCM, with 16 octets at its end that show any change.",
                "用 AES-128-GCM 加密的内容，末尾 16 字节的标签能发现任何改动。"};
    default: return {};
    }
}

} // namespace packetarium
