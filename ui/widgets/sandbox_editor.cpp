// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sandbox_editor.h"

#include "ui/paint/primitives.h"
#include "ui/session/session.h"
#include "ui/widgets/moving_by_hand.h"
#include "ui/widgets/sandbox_card.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineF>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace packetarium {

namespace {

constexpr double kHeader = 42, kFooter = 40, kCardWidth = 268, kNarrow = 620;

std::optional<NodeKind> kindPutBy(SandboxTool tool)
{
    switch (tool) {
    case SandboxTool::Host: return NodeKind::Host;
    case SandboxTool::Switch: return NodeKind::Switch;
    case SandboxTool::Router: return NodeKind::Router;
    case SandboxTool::Hub: return NodeKind::Hub;
    case SandboxTool::Choose:
    case SandboxTool::Cable: break;
    }
    return std::nullopt;
}

} // namespace

SandboxEditor::SandboxEditor(Session* session, QWidget* parent)
    : QWidget(parent)
    , session_(session)
    , tools_(new ToolPalette(this))
    , card_(new SandboxCard(session, this))
    , status_(new QLabel(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("The network being built"));
    status_->setWordWrap(true);
    connect(tools_, &ToolPalette::toolChosen, this, [this] {
        cableFrom_.clear();
        say({});
        update();
    });
    connect(card_, &SandboxCard::removeWanted, this, &SandboxEditor::removeChosen);
    connect(card_, &SandboxCard::renamed, this, [this](const std::string& name) { chosen_.node = name; });
    connect(session, &Session::documentChanged, this, &SandboxEditor::followDraft);
    connect(session, &Session::presentationChanged, this, &SandboxEditor::followDraft);
}

SandboxEditor::~SandboxEditor() = default;

void SandboxEditor::setTheme(const Theme& theme)
{
    if (theme == theme_ && layout_)
        return;
    theme_ = theme;
    tools_->setTheme(theme);
    card_->setTheme(theme);
    status_->setFont(theme.font(TextStyle::Small));
    layout_.reset();
    arrange();
    say(mistake_);
    update();
}

bool SandboxEditor::isWide() const
{
    return width() >= theme_.px(kNarrow);
}

QRectF SandboxEditor::sheet() const
{
    const double card = isWide() ? theme_.px(kCardWidth) : 0;
    return {0, theme_.px(kHeader), std::max(1.0, width() - card),
            std::max(1.0, height() - theme_.px(kHeader + kFooter))};
}

void SandboxEditor::arrange()
{
    tools_->setWordy(width() >= theme_.px(760));
    const QSize tools = tools_->sizeHint();
    tools_->setGeometry(14, static_cast<int>(theme_.px(kHeader / 2)) - tools.height() / 2 + 1, tools.width(),
                        tools.height());
    const int header = static_cast<int>(theme_.px(kHeader)), footer = static_cast<int>(theme_.px(kFooter));
    const int card = static_cast<int>(std::min(theme_.px(kCardWidth), width() * 0.66));
    card_->setGeometry(width() - card, header, card, height() - header - (isWide() ? 0 : footer));
    card_->setVisible(isWide() || !chosen_.empty());
    status_->setGeometry(14, height() - footer, width() - 28 - (isWide() ? card : 0), footer);
}

StageScene SandboxEditor::scene() const
{
    if (!sketch_)
        sketch_ = std::make_unique<SketchScene>(session_->draft());
    StageScene scene = sketch_->scene(theme_, session_->language());
    scene.hover = hover_;
    if (drag_ && drag_->moved && drag_->node.value() < scene.places.size())
        scene.places[drag_->node.value()] = drag_->place;
    return scene;
}

const NetworkLayout& SandboxEditor::layout() const
{
    if (!layout_) {
        const StageScene s = scene();
        layout_ = drag_ && drag_->moved ? std::make_unique<NetworkLayout>(s, sheet().size(), drag_->scale)
                                        : std::make_unique<NetworkLayout>(s, sheet().size());
    }
    return *layout_;
}

void SandboxEditor::followDraft()
{
    if (!session_->hasRun())
        return;
    sketch_.reset();
    layout_.reset();
    const Scenario& draft = session_->draft();
    const bool gone = (!chosen_.node.empty() && !nodeNamed(draft, chosen_.node)) ||
                      (chosen_.link && chosen_.link.value() >= draft.links.size());
    if (gone)
        chosen_ = {};
    if (!nodeNamed(draft, cableFrom_))
        cableFrom_.clear();
    card_->setSubject(chosen_);
    card_->refresh();
    arrange();
    say(mistake_);
    update();
}

QString SandboxEditor::status() const
{
    return status_->text();
}

void SandboxEditor::say(const QString& mistake)
{
    mistake_ = mistake;
    const auto& trouble = session_->draftTrouble();
    QString text = mistake;
    if (text.isEmpty() && trouble)
        text = tr("Not run yet: %1").arg(QString::fromStdString(sentenceFor(*trouble, session_->language())));
    const bool wrong = !text.isEmpty();
    status_->setText(wrong ? text : tools_->hint());
    QPalette palette = status_->palette();
    palette.setColor(QPalette::WindowText, theme_.color(wrong ? Role::Rst : Role::Muted));
    status_->setPalette(palette);
}

void SandboxEditor::choose(const SandboxSubject& subject)
{
    if (subject != chosen_) {
        chosen_ = subject;
        card_->setSubject(subject);
        arrange();
    }
    setAccessibleDescription(QString::fromStdString(subject.node));
    update();
}

NodeId SandboxEditor::chosenNode() const
{
    return chosen_.node.empty() ? NodeId() : nodeNamed(session_->draft(), chosen_.node);
}

// --- what is where ------------------------------------------------------------------------------------------------

NodeId SandboxEditor::nodeAt(QPointF widget) const
{
    const QPointF p = onSheet(widget) / layout().scale();
    for (const NetworkNode& node : layout().nodes())
        if (node.whole().contains(p))
            return node.id;
    return {};
}

Selection SandboxEditor::hit(QPointF widget) const
{
    return networkHit(scene(), layout(), onSheet(widget));
}

QRectF SandboxEditor::nodeBox(const std::string& name) const
{
    const NodeId node = nodeNamed(session_->draft(), name);
    if (!node)
        return {};
    const QRectF icon = layout().nodes()[node.value()].icon;
    return QRectF(icon.topLeft() * layout().scale(), icon.size() * layout().scale()).translated(sheet().topLeft());
}

// --- changes ------------------------------------------------------------------------------------------------------

void SandboxEditor::putNode(NodeKind kind, QPointF widget)
{
    Scenario edited = session_->draft();
    if (nodeCount(edited) >= kMaxNodes || (kind == NodeKind::Host && edited.hosts.size() >= kMaxNetworkHosts)) {
        say(tr("There is no room for more nodes in one network."));
        return;
    }
    const NodeId node = addNode(edited, kind, layout().placeAt(onSheet(widget) / layout().scale()));
    const std::string name = nameOf(edited, node);
    say({});
    session_->editScenario(std::move(edited));
    choose({name, {}});
}

void SandboxEditor::cableEnd(NodeId node)
{
    const Scenario& draft = session_->draft();
    const std::string name = nameOf(draft, node);
    if (cableFrom_.empty() || cableFrom_ == name) {
        cableFrom_ = cableFrom_ == name ? std::string() : name;
        update();
        return;
    }
    Scenario edited = draft;
    const auto wrong = join(edited, nodeNamed(edited, cableFrom_), node);
    cableFrom_.clear();
    say(wrong ? QString::fromStdString(sentenceFor(*wrong, session_->language())) : QString());
    if (!wrong) {
        const LinkId made(static_cast<std::uint16_t>(edited.links.size() - 1));
        session_->editScenario(std::move(edited));
        choose({{}, made});
    }
    update();
}

void SandboxEditor::removeChosen()
{
    if (chosen_.empty())
        return;
    Scenario edited = session_->draft();
    if (chosen_.link)
        removeLink(edited, chosen_.link);
    else
        removeNode(edited, chosenNode());
    say({});
    choose({});
    session_->editScenario(std::move(edited));
}

void SandboxEditor::nudge(int key)
{
    const NodeId node = chosenNode();
    if (!node)
        return;
    const NodePlace from = layout().placeAt(layout().nodes()[node.value()].center);
    const auto moved = [](std::uint16_t v, int by) {
        return static_cast<std::uint16_t>(std::clamp(static_cast<int>(v) + by, 0, 1000));
    };
    const int dx = key == Qt::Key_Left ? -kNudge : key == Qt::Key_Right ? kNudge : 0;
    const int dy = key == Qt::Key_Up ? -kNudge : key == Qt::Key_Down ? kNudge : 0;
    session_->placeNode(node, {moved(from.x, dx), moved(from.y, dy)});
}

void SandboxEditor::chooseNext(int key)
{
    const auto& nodes = layout().nodes();
    if (nodes.empty())
        return;
    const NodeId at = chosenNode();
    if (!at) {
        choose({nameOf(session_->draft(), nodes.front().id), {}});
        return;
    }
    const QPointF way = key == Qt::Key_Left    ? QPointF(-1, 0)
                        : key == Qt::Key_Right ? QPointF(1, 0)
                        : key == Qt::Key_Up    ? QPointF(0, -1)
                                               : QPointF(0, 1);
    double least = 1e18;
    NodeId best = at;
    for (const NetworkNode& node : nodes) {
        const QPointF d = node.center - nodes[at.value()].center;
        const double along = QPointF::dotProduct(d, way);
        const double cost = along + 2 * std::abs(d.x() * way.y() - d.y() * way.x());
        if (along > 0.5 && cost < least) {
            least = cost;
            best = node.id;
        }
    }
    choose({nameOf(session_->draft(), best), {}});
}

// --- events -------------------------------------------------------------------------------------------------------

void SandboxEditor::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !session_->hasRun())
        return;
    setFocus();
    const QPointF at = event->position();
    const NodeId node = nodeAt(at);
    const SandboxTool tool = tools_->tool();
    if (tool == SandboxTool::Cable) {
        cableTo_ = at;
        if (node)
            cableEnd(node);
        else
            cableFrom_.clear();
        update();
        return;
    }
    if (const auto kind = kindPutBy(tool); kind && !node) {
        if (sheet().contains(at))
            putNode(*kind, at);
        return;
    }
    say({});
    if (node) {
        choose({nameOf(session_->draft(), node), {}});
        drag_ = Drag{node, at, at - nodeBox(chosen_.node).center(), false, {}, layout().scale()};
        return;
    }
    const Selection what = hit(at);
    choose(what.kind == Selection::Kind::Link ? SandboxSubject{{}, LinkId(static_cast<std::uint16_t>(what.index))}
                                              : SandboxSubject{});
}

void SandboxEditor::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    if (tools_->tool() == SandboxTool::Cable && !cableFrom_.empty()) {
        cableTo_ = at;
        update();
    }
    if (drag_ && (event->buttons() & Qt::LeftButton)) {
        if (!drag_->moved && QLineF(at, drag_->pressedAt).length() < kDragFrom)
            return;
        drag_->moved = true;
        drag_->place = layout().placeAt(onSheet(at - drag_->grip) / layout().scale());
        layout_.reset();
        update();
        return;
    }
    const Selection what = session_->hasRun() ? hit(at) : Selection{};
    const bool node = what.kind == Selection::Kind::Host;
    setCursor(kindPutBy(tools_->tool()) && !node   ? Qt::CrossCursor
              : what.kind == Selection::Kind::None ? Qt::ArrowCursor
                                                   : Qt::PointingHandCursor);
    if (what != hover_) {
        hover_ = what;
        update();
    }
}

void SandboxEditor::mouseReleaseEvent(QMouseEvent* event)
{
    const std::optional<Drag> drag = drag_;
    drag_.reset();
    if (drag && drag->moved) {
        layout_.reset();
        session_->placeNode(drag->node, drag->place);
        return;
    }
    // A cable that was dragged ends where the button is let go; after a mere click the other end is clicked.
    if (tools_->tool() == SandboxTool::Cable && !cableFrom_.empty() && event->button() == Qt::LeftButton) {
        const NodeId node = nodeAt(event->position());
        if (node && nameOf(session_->draft(), node) != cableFrom_)
            cableEnd(node);
    }
}

void SandboxEditor::leaveEvent(QEvent* event)
{
    hover_ = {};
    update();
    QWidget::leaveEvent(event);
}

bool SandboxEditor::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // While building these keys are the editor's, not the stage's.
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = key->modifiers() == Qt::NoModifier || key->modifiers() == Qt::KeypadModifier;
        if ((isArrow(key->key()) && (plain || key->modifiers() == Qt::AltModifier)) ||
            (plain && (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace ||
                       key->key() == Qt::Key_Escape || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter))) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void SandboxEditor::keyPressEvent(QKeyEvent* event)
{
    if (isArrow(event->key())) {
        if (event->modifiers() & Qt::AltModifier)
            nudge(event->key());
        else
            chooseNext(event->key());
        return;
    }
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace: removeChosen(); return;
    case Qt::Key_Escape:
        if (tools_->tool() == SandboxTool::Choose)
            choose({});
        tools_->setTool(SandboxTool::Choose);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto kind = kindPutBy(tools_->tool()))
            putNode(*kind, sheet().center() + QPointF(0, sheet().height() * 0.25));
        else if (const NodeId node = chosenNode(); node && tools_->tool() == SandboxTool::Cable)
            cableEnd(node);
        return;
    default: QWidget::keyPressEvent(event);
    }
}

void SandboxEditor::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layout_.reset();
    arrange();
}

void SandboxEditor::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    followDraft();
}

void SandboxEditor::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        tools_->retranslate();
        card_->retranslate();
        setAccessibleName(tr("The network being built"));
        arrange();
        say({});
    }
    QWidget::changeEvent(event);
}

void SandboxEditor::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), theme_.color(Role::Background));
    if (!session_->hasRun())
        return;
    const QRectF area = sheet();
    p.save();
    p.translate(area.topLeft());
    paintNetwork(p, layout(), scene());
    p.restore();
    p.setBrush(Qt::NoBrush);
    p.setPen(linePen(theme_.color(Role::Focus), theme_.px(2.4)));
    if (!chosen_.node.empty())
        p.drawRoundedRect(nodeBox(chosen_.node).adjusted(-4, -4, 4, 4), theme_.px(8), theme_.px(8));
    if (chosen_.link)
        for (const NetworkCable& cable : layout().cables())
            if (cable.id == chosen_.link)
                p.drawLine(area.topLeft() + cable.from * layout().scale(),
                           area.topLeft() + cable.to * layout().scale());
    if (!cableFrom_.empty()) {
        p.setPen(dashPen(theme_.color(Role::Accent), theme_.px(2.2), theme_.px(6), theme_.px(4)));
        p.drawLine(nodeBox(cableFrom_).center(), cableTo_);
        p.drawRoundedRect(nodeBox(cableFrom_).adjusted(-4, -4, 4, 4), theme_.px(8), theme_.px(8));
    }
    p.fillRect(QRectF(area.left(), area.top() - 1, width(), 1), theme_.color(Role::Line));
    p.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), theme_.color(Role::Line));
    if (isWide())
        p.fillRect(QRectF(area.right(), area.top(), 1, height() - area.top()), theme_.color(Role::Line));
}

} // namespace packetarium
