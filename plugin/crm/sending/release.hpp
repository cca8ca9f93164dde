// Releasing: on the day of sending each planned dispatch gets its exact bytes, Date, Message-ID and signed
// addresses. Facts are loaded for a whole batch at once, messages and letters are made on all cores without
// the GIL, the bytes go into the host's filestore, and one short transaction marks the rows. While one batch
// is made the one before it is sent. What was released but not claimed is made anew when a fact in it changed
// or it is a day old. [gil-held].
#pragma once

#include "crm/message_loader.hpp"
#include "crm/sending/claim.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace raadspost::crm {

class Releaser {
public:
    struct Counts {
        std::size_t released = 0;
        std::size_t held = 0;    // could not be made: the row says why
        std::size_t making = 0;  // begun, and released by the next call
        std::chrono::duration<double> made_in{};
    };
    Releaser();
    ~Releaser();  // waits for the batch that is being made; its rows are taken up again later

    // Releases the batch that the call before began, and begins the next: it is made while the caller sends.
    // Problem "frozen_not_written" when the disk is full: what had no place was not released, none begun.
    Result<Counts> release_batch(const Claimant& claimant, const std::atomic<bool>& halt);
    // Only releases what was begun.
    Result<Counts> finish();

private:
    struct Making;
    void begin(const Claimant& claimant, const std::atomic<bool>& halt);
    std::string texts_version() const;
    std::unique_ptr<MessageLoader> loader_;  // kept while the texts that it knows are the present ones
    std::string loaded_version_;
    std::vector<std::unique_ptr<Renderer>> renderers_;  // one a thread
    std::unique_ptr<Making> making_;                    // last: its threads use the renderers
};

// Where the host's filestore keeps frozen messages of this database.
std::filesystem::path frozen_folder();

}  // namespace raadspost::crm
