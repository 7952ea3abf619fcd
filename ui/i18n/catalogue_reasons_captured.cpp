// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_reasons_captured.h"

namespace packetarium {

Words capturedReasonLabel(Reason reason)
{
    switch (reason) {
    case Reason::CapturedMidway: return {"beginning not captured", "开头未抓到"};
    case Reason::CapturedAfterGap: return {"something before it not captured", "之前有内容未抓到"};
    case Reason::CapturedAckOfUnseen: return {"ACK of what was not captured", "确认了未抓到的内容"};
    case Reason::CapturedOutOfOrder: return {"out of order", "乱序到达"};
    case Reason::CapturedZeroWindow: return {"window closed", "窗口关闭"};
    case Reason::CapturedCut: return {"only its beginning captured", "只抓到开头部分"};
    case Reason::LostAfterCapture: return {"lost after the capture", "抓到之后丢失"};
    default: return {};
    }
}

Words capturedReasonWhy(Reason reason)
{
    switch (reason) {
    case Reason::CapturedMidway:
        return {"The capture begins after this connection did, so what led here is not in it.",
                "抓包开始时这条连接已经存在，此前的过程不在抓包里。"};
    case Reason::CapturedAfterGap:
        return {"The octets just before these are in no packet of the capture. They were sent, but not captured.",
                "紧接在它之前的字节不在抓包的任何一个包里：它们发送过，但没有被抓到。"};
    case Reason::CapturedAckOfUnseen:
        return {"It acknowledges octets that are in no packet of the capture, so they arrived without being captured.",
                "它确认的字节不在抓包的任何一个包里，可见它们到达了，只是没有被抓到。"};
    case Reason::CapturedOutOfOrder:
        return {"A later segment stands before it in the capture: on the way it was overtaken.",
                "抓包里，序号更大的报文段排在它前面：它在途中被超过了。"};
    case Reason::CapturedZeroWindow:
        return {"The receiver's buffer is full, so it announces a window of 0: the sender has to wait.",
                "接收缓冲区已满，于是通告窗口为 0，发送方只能等待。"};
    case Reason::CapturedCut:
        return {"The capture was told to keep only so many octets of each packet, and left the rest out.",
                "抓包时限定了每个包保留的长度，其余部分没有保存。"};
    case Reason::LostAfterCapture:
        return {"It passed the place of the capture, but nothing captured later shows that it arrived, and it was sent "
                "again: it "
                "or its acknowledgment was lost.",
                "它经过了抓包的位置，但之后抓到的内容都不能说明它到达了，而且它被重新发送：它本身或对它的确认丢失了。"};
    default: return {};
    }
}

} // namespace packetarium
