// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/selection_detail_windows.h"

#include "core/trace/window_moment.h"
#include "ui/i18n/catalogue_windows.h"
#include "ui/widgets/panel.h"

#include <QCoreApplication>

namespace packetarium {
namespace {

/// The words of this file.
class WindowDetail {
    Q_DECLARE_TR_FUNCTIONS(WindowDetail)
};

class Writer {
public:
    Writer(const Session& session, const WindowMoment& moment, std::size_t side, Detail& into)
        : session_(session)
        , out_(moment.directions[side])
        , in_(moment.directions[1 - side])
        , into_(into)
    {}

    void write(WindowPart part)
    {
        if (out_.send)
            writeSend(part, *out_.send);
        if (in_.receive && in_.send)
            writeReceive(part, *in_.receive, in_.send->iss);
    }

private:
    void row(const QString& label, const QString& value) { into_.rows.push_back({label, value}); }
    void octets(const QString& label, std::uint64_t n)
    {
        row(label, QString::fromStdString(octetsText(n, session_.language())));
    }
    void octets(Variable variable, std::uint64_t n) { octets(fromUtf8(toString(variable)), n); }
    QString number(NodeId sender, Seq32 n) const
    {
        return QString::fromStdString(session_.symbols().sequence(sender, n, session_.numberStyle(), session_.now()));
    }
    void range(NodeId sender, Seq32 left, Seq32 right)
    {
        if (right - left <= 0)
            return;
        octets(WindowDetail::tr("Size"), static_cast<std::uint64_t>(right - left));
        row(WindowDetail::tr("From"), number(sender, left));
        row(WindowDetail::tr("Up to, not including"), number(sender, right));
    }
    void scale(const std::optional<std::uint8_t>& shift)
    {
        row(WindowDetail::tr("Window scale"),
            shift ? QStringLiteral("×%1").arg(1U << *shift) : WindowDetail::tr("not used"));
    }
    void timer(const TimerMoment& t)
    {
        row(fromUtf8(labelOf(t.timer, session_.language())),
            WindowDetail::tr("%1 left").arg(
                QString::fromStdString(durationText(t.deadline - session_.now(), session_.language()))));
    }
    void congestion(const SendSide& s)
    {
        if (s.cwnd)
            octets(Variable::Cwnd, *s.cwnd);
        if (s.ssthresh)
            octets(Variable::Ssthresh, *s.ssthresh);
    }

    void writeSend(WindowPart part, const SendSide& s)
    {
        const Seq32 edge = s.windowEdge().value_or(s.nxt), allowed = seqMax(s.allowed(), s.nxt);
        const Seq32 written = seqMax(s.written, s.nxt);
        switch (part) {
        case WindowPart::Acknowledged: range(s.host, s.iss, s.una); break;
        case WindowPart::InFlight: range(s.host, s.una, s.nxt); break;
        case WindowPart::Sacked:
            for (const SeqRange& r : s.sacked)
                range(s.host, r.left, r.right);
            break;
        case WindowPart::Ready: range(s.host, s.nxt, seqMin(written, allowed)); break;
        case WindowPart::Usable: range(s.host, written, allowed); break;
        case WindowPart::Waiting: range(s.host, allowed, written); break;
        case WindowPart::HeldBack: range(s.host, seqMax(written, allowed), edge); break;
        case WindowPart::Outside: row(WindowDetail::tr("From"), number(s.host, seqMax(edge, written))); break;
        case WindowPart::SndUna: row(WindowDetail::tr("Number"), number(s.host, s.una)); break;
        case WindowPart::SndNxt: row(WindowDetail::tr("Number"), number(s.host, s.nxt)); break;
        case WindowPart::SendEdge:
            row(WindowDetail::tr("Number"), number(s.host, edge));
            if (s.window)
                octets(Variable::SndWnd, *s.window);
            scale(s.scale);
            break;
        case WindowPart::CwndEdge:
            if (s.cwndEdge())
                row(WindowDetail::tr("Number"), number(s.host, *s.cwndEdge()));
            congestion(s);
            break;
        case WindowPart::Limit:
            if (s.limit) {
                into_.headline = fromUtf8(labelOf(*s.limit, session_.language()));
                into_.text = fromUtf8(explain(*s.limit, session_.language()));
            }
            numbers(s);
            break;
        case WindowPart::Phase:
            if (s.phase) {
                into_.headline = fromUtf8(labelOf(*s.phase, session_.language()));
                into_.text = fromUtf8(explain(*s.phase, session_.language()));
            }
            congestion(s);
            break;
        case WindowPart::Closed:
            for (const TimerMoment& t : s.timers)
                timer(t);
            octets(WindowDetail::tr("Waiting to be sent"), s.waiting());
            break;
        case WindowPart::Numbers: numbers(s); break;
        default: break;
        }
    }

    void numbers(const SendSide& s)
    {
        octets(WindowDetail::tr("In flight"), s.flight());
        octets(WindowDetail::tr("Waiting to be sent"), s.waiting());
        if (s.window)
            octets(Variable::SndWnd, *s.window);
        scale(s.scale);
        congestion(s);
        for (const TimerMoment& t : s.timers)
            timer(t);
    }

    void writeReceive(WindowPart part, const ReceiveSide& r, Seq32 iss)
    {
        const NodeId sender = in_.from;
        switch (part) {
        case WindowPart::Read: range(sender, iss, r.read); break;
        case WindowPart::Unread: range(sender, r.read, r.nxt); break;
        case WindowPart::Gap: {
            Seq32 left = r.nxt;
            for (const SeqRange& block : r.blocks) {
                range(sender, left, block.left);
                left = block.right;
            }
            break;
        }
        case WindowPart::OutOfOrder:
            for (const SeqRange& block : r.blocks)
                range(sender, block.left, block.right);
            break;
        case WindowPart::Open: range(sender, r.blocks.empty() ? r.nxt : r.blocks.back().right, r.edge()); break;
        case WindowPart::Beyond: row(WindowDetail::tr("From"), number(sender, r.edge())); break;
        case WindowPart::RcvNxt: row(WindowDetail::tr("Number"), number(sender, r.nxt)); break;
        case WindowPart::ReceiveEdge:
            row(WindowDetail::tr("Number"), number(sender, r.edge()));
            octets(Variable::RcvWnd, r.window);
            scale(r.scale);
            break;
        case WindowPart::ReceiveNumbers:
            octets(Variable::RcvWnd, r.window);
            scale(r.scale);
            octets(WindowDetail::tr("Waiting to be read"), r.unread());
            for (const TimerMoment& t : r.timers)
                timer(t);
            break;
        default: break;
        }
    }

    const Session& session_;
    const WindowDirection& out_; ///< what the host sends
    const WindowDirection& in_;  ///< what it receives
    Detail& into_;
};

} // namespace

Detail windowDetail(const Session& session, NodeId host, int index)
{
    const auto pair = windowPair(session.trace(), session.moment(), connIn(index));
    if (!pair || index < 0)
        return {};
    const WindowMoment moment = windowMoment(session.trace(), session.moment(), *pair);
    const WindowPart part = partIn(index);
    Detail detail;
    detail.title = WindowDetail::tr("Selected part of the windows");
    detail.headline = fromUtf8(labelOf(part, session.language()));
    detail.text = fromUtf8(explain(part, session.language()));
    detail.edge = host ? sideRole(session, host) : Role::Accent;
    detail.rows.push_back({WindowDetail::tr("Belongs to"), session.hostLabel(host)});
    Writer(session, moment, host == moment.directions[0].from ? 0 : 1, detail).write(part);
    if (const QString clause = fromUtf8(clauseOf(part)); !clause.isEmpty()) {
        const qsizetype mark = clause.indexOf(QChar(0x00a7));
        detail.rows.push_back({clause.left(mark).trimmed(), clause.mid(mark)});
    }
    return detail;
}

} // namespace packetarium
