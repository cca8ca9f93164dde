// sample_mails FOLDER: writes the samples' mails as web pages, <key>.html, for a browser to look at.
#include "core/appeal/message.hpp"
#include "core/appeal/samples.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

int main(int count, char** words) {
    using namespace raadspost::appeal;
    if (count != 2) {
        std::cerr << "sample_mails FOLDER\n";
        return 2;
    }
    const std::filesystem::path folder = words[1];
    std::filesystem::create_directories(folder);
    for (const Sample& sample : samples()) {
        MessageFrame frame;
        frame.association = sample.association;
        frame.colour = sample.colour;
        frame.council = "Heemstede";
        frame.sender_address = sample.sender_address;
        frame.recipient = "griffie@heemstede.example";
        frame.address_source = "Het adres komt uit het Register van Overheidsorganisaties.";
        frame.postal_address = sample.postal_address;
        frame.reference = "R12-GM0397";
        frame.answer_link = "https://post.example/antwoord/1";
        frame.web_version_link = "https://post.example/bericht/1";
        frame.unsubscribe_link = "https://post.example/afmelden/1";
        frame.letters = 1;
        const auto compiled = MessageTemplate::compile(sample.subject, sample.message);
        if (!compiled) {
            std::cerr << compiled.problem().text << '\n';
            return 1;
        }
        const auto message = compiled->render(example_values(), frame);
        if (!message) {
            std::cerr << message.problem().text << '\n';
            return 1;
        }
        std::ofstream{folder / (std::string{sample.key} + ".html")} << message->html;
    }
}
